import { type Body, type Enter, type Exit, type Transition, type ValueRecord } from '../../model/index.ts'
import { nextOf } from '../compile/compiledFlow.ts'
import type { RunContext } from '../state/runContext.ts'
import type { Frame, Thread } from '../state/thread.ts'
import { type Waiting, waitFor } from '../state/waiting.ts'
import { endCall, reachJoin, returned } from './calls.ts'
import { complete } from './complete.ts'
import { startFork } from './forks.ts'
import { flowFor, pushBody, pushCall } from './frames.ts'
import { detach } from './goAsync.ts'
import { goTo } from './goTo.ts'
import { hold } from './hold.ts'
import { endThread, whenDurable } from './threads.ts'

/** What a step's run gives: at once, or as a promise, which has no kind. */
export type StepResult = Transition | (Promise<Transition> & { readonly kind?: undefined })

const nothing: ValueRecord = {}

/** Follows what the step on top answered, now or when it comes. Throws what the step fails with by that. */
export function follow(run: RunContext, thread: Thread, frame: Frame, answer: StepResult): void {
  switch (answer.kind) {
    case undefined:
      frame.visit?.begun()
      waitFor(run, thread, new LateAnswer(run, thread, frame, answer))
      return
    case 'exit':
      exit(run, thread, frame, answer)
      return
    case 'enter':
      enter(run, thread, frame, answer)
      return
    case 'fork':
      if (frame.visit) frame.visit.state = answer.state
      startFork(run, thread, frame, answer)
      return
    case 'detach':
      detach(run, thread, frame, answer)
      return
    default:
      throw new Error('It answered with something that is no transition')
  }
}

/** The wait for what the step on top answers. Its methods need not be made anew for each of many branches. */
class LateAnswer implements Waiting<Transition> {
  readonly #run: RunContext
  readonly #thread: Thread
  readonly #frame: Frame
  readonly #answer: Promise<Transition>

  constructor(run: RunContext, thread: Thread, frame: Frame, answer: Promise<Transition>) {
    this.#run = run
    this.#thread = thread
    this.#frame = frame
    this.#answer = answer
  }

  begin(): Promise<Transition> {
    return this.#answer
  }

  told(): never {
    throw new Error('It has no effect that the journal would tell of, and yet did not answer at once')
  }

  then(transition: Transition): void {
    follow(this.#run, this.#thread, this.#frame, transition)
  }
}

/** Follows what the step on top answers when that comes. */
export function followLater(
  run: RunContext,
  thread: Thread,
  frame: Frame,
  { begin, told }: Pick<Waiting<Transition>, 'begin' | 'told'>
): void {
  waitFor(run, thread, {
    begin,
    told,
    then: (transition) => {
      follow(run, thread, frame, transition)
    }
  })
}

/**
 * - `exit`    go on along an outcome (an End Step: leave the flow call, and call the step that entered it again);
 * - `enter`   put a frame on top, and call the step again once that frame is left;
 * - `fork`    start a thread per branch, and call the step again once they have ended (see forks);
 * - `detach`  Go Async: move the frames from the flow call's own one up to a background thread. The call returns at once.
 */
function exit(run: RunContext, thread: Thread, frame: Frame, { outcome, outputs, variables }: Exit): void {
  const { step, definition } = frame.at
  const name = definition?.role === 'end' ? step.name : outcome
  complete(run, thread, frame, name, outputs, variables)
  // Strict: the thread goes on after an effect only once the journal cannot lose it.
  if (run.strict && (definition?.effect === 'idempotent' || definition?.effect === 'unsafe'))
    whenDurable(
      run,
      thread,
      () => {
        leave(run, thread, frame, name, outputs)
      },
      true
    )
  else leave(run, thread, frame, name, outputs)
}

/** The step that the frame is at is complete. */
function leave(run: RunContext, thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord): void {
  const { id, definition } = frame.at
  if (run.replay?.holds(thread)) {
    hold(run, thread, () => {
      leave(run, thread, frame, outcome, outputs)
    })
    return
  }
  if (thread.cancelled) endThread(run, thread, 'cancelled')
  else if (definition?.role === 'end') endCall(run, thread, { outcome, step: id, outputs })
  else goTo(run, thread, frame, outcome)
}

function enter(run: RunContext, thread: Thread, frame: Frame, { into, state, catches }: Enter): void {
  const { visit } = frame
  if (visit) {
    visit.state = state
    visit.catches = catches
  }
  if ('flow' in into) pushCall(run, thread, flowFor(run, frame, into.flow), into.inputs, frame)
  else enterBody(run, thread, frame, into)
}

function enterBody(run: RunContext, thread: Thread, frame: Frame, body: Body): void {
  const first = nextOf(frame.at, body.outcome)
  if (first?.definition?.role === 'join' && reachJoin(run, thread, first, body.outcome)) return
  if (first && first !== frame.at) pushBody(run, thread, frame, first, body)
  else returned(run, thread, { outcome: body.outcome, outputs: nothing }, body.keep)
}
