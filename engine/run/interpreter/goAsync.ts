import { runMessages } from '../../messages/run.ts'
import { type Clock, type Detach, StepFailure, type ValueRecord } from '../../model/index.ts'
import { evaluateSoFar } from '../compile/evaluateInputs.ts'
import { copyData } from '../compile/flowData.ts'
import type { Pace } from '../schedule/pace.ts'
import type { Recorder } from '../journal/recorder.ts'
import { type Call, type CallReply, type Frame, type Thread, placeOf } from './thread.ts'
import type { Threads } from './threads.ts'

/** What Go Async needs of the interpreter, which alone moves threads. */
export interface GoAsyncMoves {
  readonly threads: Threads
  readonly recorder: Recorder
  readonly pace: Pace
  readonly clock: Clock
  readonly advance: (thread: Thread) => void
  readonly goTo: (thread: Thread, frame: Frame, outcome: string) => void
  /** The visit of the step on top is over. */
  readonly complete: (thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord) => void
  /** Does `go` once no branch of the call is left. */
  readonly whenAlone: (thread: Thread, call: Call, go: () => void) => void
  /** Gives the reply of `call` to its caller. False: it could not be given. */
  readonly returnTo: (thread: Thread, call: Call, reply: CallReply) => boolean | Promise<boolean>
}

/**
 * Go Async, exactly. The frames of the current flow call, from the flow's own frame up, move to a new background thread
 * with a copy of the call's data; the call returns at that instant with the outputs that are set so far.
 */
export class GoAsync {
  readonly #moves: GoAsyncMoves

  constructor(moves: GoAsyncMoves) {
    this.#moves = moves
  }

  /** A promise: the thread has to wait until its reply is given. */
  detach(thread: Thread, frame: Frame, { outcome, callerOutcome }: Detach): Promise<void> | undefined {
    const { call } = frame
    const { threads, recorder } = this.#moves
    if (call.replied) {
      const message = runMessages.alreadyInBackground(frame.at.step.name)
      recorder.record({ event: 'Logged', ...placeOf(thread, frame), level: 'info', message })
      this.#moves.complete(thread, frame, outcome, {})
      this.#moves.goTo(thread, frame, outcome)
      return undefined
    }
    const reply = replySoFar(frame, callerOutcome)
    this.#moves.complete(thread, frame, outcome, {})
    const moved = moveFrames(thread, call)
    const behind = threads.start('background', moved, { thread, frame })
    for (const { visit } of moved) visit?.moveTo(behind)
    const goOn = (given: boolean): void => {
      if (given) this.#moves.goTo(behind, frame, outcome)
      else threads.cancelThread(behind)
    }
    // The caller first: it has waited long enough.
    const follow = (given: boolean): void => {
      const begin = (): void => {
        goOn(given)
        this.#moves.advance(behind)
      }
      const { pace, clock } = this.#moves
      void pace.after(behind.id, () => clock.sleep(0, behind.cancel)).then(begin, begin)
    }
    const given = this.#giveReply(thread, call, moved, reply)
    if (typeof given !== 'boolean') return given.then(follow)
    follow(given)
    return undefined
  }

  #giveReply(thread: Thread, call: Call, [own]: readonly Frame[], reply: CallReply): boolean | Promise<boolean> {
    const { threads, recorder } = this.#moves
    if (own?.kind === 'body') {
      // A branch: the thread that forked it has the call's own frame, and the reply if no branch stays.
      if (thread.branch) thread.branch.fork.reply ??= reply
      threads.end(thread, 'detached')
      return true
    }
    const give = (first: CallReply): boolean | Promise<boolean> => {
      if (own && thread.frames.length > 0)
        recorder.record({ event: 'FrameReplied', thread: thread.id, frame: own.id, ...first })
      return this.#moves.returnTo(thread, call, first)
    }
    if (call.branches === 0) return give(call.early ?? reply)
    this.#moves.whenAlone(thread, call, () => void give(call.early ?? reply))
    return true
  }
}

/** Takes the frames of `call` off the thread, as frames of a call that has replied and works on a copy of the data. */
function moveFrames(thread: Thread, call: Call): Frame[] {
  const moved = thread.frames.splice(thread.frames.findIndex((frame) => frame.call === call))
  const background: Call = { ...call, replied: true, branches: 0, early: undefined, ending: undefined }
  const [own] = moved
  const data = own && copyData(own.data)
  for (const frame of moved) {
    frame.call = background
    frame.spare = undefined
    if (data) frame.data = data
  }
  return moved
}

/** What the caller gets: the End Step it names, with its outputs as far as they are set. */
function replySoFar({ call, at, locals, data }: Frame, callerOutcome: string | undefined): CallReply {
  const { ends } = call.flow
  const [end, another] = ends.filter(({ step }) => callerOutcome === undefined || step.id === callerOutcome)
  if (!end || another) throw new StepFailure('no-caller-outcome', runMessages.noCallerOutcome(at.step.name))
  const { id, name } = end.step
  return { outcome: name, step: id, outputs: evaluateSoFar(end, data, locals) }
}
