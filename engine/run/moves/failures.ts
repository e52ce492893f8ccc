import { Cancelled, type Failure, type Retry, type StepId, noData, onException } from '../../model/index.ts'
import { InputMissing } from '../compile/evaluateInputs.ts'
import { catchOf } from '../compile/flowParts.ts'
import { setOutputs } from '../compile/stepOutputs.ts'
import { FrameFailed, cameFrom, errorRecord, failureOf, failureWith } from '../state/failureOf.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Frame, type Thread, placeOf, topOf } from '../state/thread.ts'
import type { Visit } from '../state/visit.ts'
import { waitFor } from '../state/waiting.ts'
import { returned } from './calls.ts'
import { complete } from './complete.ts'
import { abandonFork } from './forks.ts'
import { popFrame } from './frames.ts'
import { goTo } from './goTo.ts'
import { holdFailed } from './hold.ts'
import { endThread, leaveCalls } from './threads.ts'

/**
 * The step on top failed, with whatever was thrown. It is tried again if it asks for that, then leaves along On Exception if
 * that is connected. Else the failure goes down the stack: to a step that catches what it entered, to the flow's Catch
 * Exception, to the step that called the flow; at the bottom, the thread fails.
 */
export function fail(run: RunContext, thread: Thread, error: unknown): void {
  if (thread.state === 'ended') return
  thread.state = 'ready'
  abandonFork(run, thread)
  if (thread.cancelled || error instanceof Cancelled) {
    endThread(run, thread, 'cancelled')
    return
  }
  if (error instanceof FrameFailed) {
    failFrame(run, thread, error.failure, error.from)
    return
  }
  const frame = topOf(thread)
  const { at, visit } = frame
  const place = placeOf(thread, frame)
  if (error instanceof InputMissing && at.noData) {
    complete(run, thread, frame, noData, {})
    goTo(run, thread, frame, noData)
    return
  }
  const failure = failureOf(error, at.step.id, at.step.name)
  const { retry } = at.step
  if (visit && retry && visit.attempt < retry.attempts) {
    tryAgain(run, thread, frame, visit, retry, failure)
    return
  }
  frame.visit = undefined
  const handled = at.onException !== undefined
  run.recorder.record({ event: 'StepFailed', ...place, error: failure, handled })
  // Only now: the signals that it gives back may be taken at once.
  visit?.leave()
  if (run.replay?.isRetried) {
    holdFailed(run, thread, frame, visit)
    return
  }
  if (!handled) {
    failFrame(run, thread, failure, cameFrom(error, at.step.id))
    return
  }
  setOutputs(frame.data, at.index, { Error: errorRecord(failure, at.step.id) })
  goTo(run, thread, frame, onException)
}

/** Another attempt, after a wait that grows. */
function tryAgain(run: RunContext, thread: Thread, frame: Frame, visit: Visit, retry: Retry, error: Failure): void {
  const { clock, recorder } = run
  const wait = Math.round(retry.wait * 1000 * retry.factor ** (visit.attempt - 1))
  recorder.record({ event: 'StepRetried', ...placeOf(thread, frame), error, attempt: visit.attempt + 1, wait })
  const due = recorder.now + wait
  frame.visit = visit.nextAttempt(due)
  waitFor(run, thread, {
    untold: true,
    begin: (signal) => clock.sleep(Math.max(0, due - clock.now()), signal),
    told: () => undefined,
    then: () => {
      // It is no step more: the journal does not tell that the attempt begins.
      thread.steps--
    }
  })
}

/** The failure goes down the stack by one frame. `from`: the step of this flow call at which it came up. */
function failFrame(run: RunContext, thread: Thread, failure: Failure, from: StepId): void {
  const frame = topOf(thread)
  const { call, at } = frame
  const isCall = frame.kind === 'flow' || (thread.frames.length === 1 && thread.kind === 'background')
  const handler = isCall ? catchOf(call.flow, at, from, failure) : undefined
  if (handler) {
    frame.kind = 'flow'
    frame.at = handler
    frame.caught = failure
    return
  }
  popFrame(run, thread)
  if (isCall) leaveCalls(run, thread, [call])
  const below = thread.frames.at(-1)
  if (!below) endThread(run, thread, 'failed', { error: failure, from })
  else if (below.visit?.catches) returned(run, thread, { outcome: '', outputs: {}, error: failure }, frame.keep)
  else fail(run, thread, failureWith(failure, isCall ? undefined : from))
}
