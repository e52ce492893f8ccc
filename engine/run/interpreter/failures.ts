import { Cancelled, type Failure, type StepId, type ValueRecord, noData, onException } from '../../model/index.ts'
import type { Attempts } from './attempts.ts'
import type { Calls } from './calls.ts'
import { InputMissing } from '../compile/evaluateInputs.ts'
import { cameFrom, errorRecord, failureOf, failureWith } from './failureOf.ts'
import { catchOf } from '../compile/flowParts.ts'
import type { Frames } from './frames.ts'
import type { Recorder } from '../journal/recorder.ts'
import { type Frame, type Thread, placeOf, topOf } from './thread.ts'
import type { Threads } from './threads.ts'

/** What failures need of the interpreter, which alone moves threads. */
export interface FailureMoves {
  readonly threads: Threads
  readonly frames: Frames
  readonly attempts: Attempts
  readonly calls: Calls
  readonly recorder: Recorder
  /** The visit of the step on top is over. */
  complete(thread: Thread, frame: Frame, outcome: string, outputs: ValueRecord): void
  goTo(thread: Thread, frame: Frame, outcome: string): void
}

/**
 * What becomes of a failure. The step is tried again if it asks for that, then leaves along On Exception if that is
 * connected. Else the failure goes down the stack: to a step that catches what it entered, to the flow's Catch Exception,
 * to the step that called the flow; at the bottom, the thread fails.
 */
export class Failures {
  readonly #moves: FailureMoves

  constructor(moves: FailureMoves) {
    this.#moves = moves
  }

  /** The step on top failed. A promise while it waits for another attempt. */
  fail(thread: Thread, error: unknown): Promise<void> | undefined {
    if (thread.state === 'ended') return undefined
    const { threads, attempts, recorder } = this.#moves
    if (thread.cancel.cancelled || error instanceof Cancelled) {
      threads.end(thread, 'cancelled')
      return undefined
    }
    const frame = topOf(thread)
    const { at, visit } = frame
    const place = placeOf(thread, frame)
    if (error instanceof InputMissing && at.noData) {
      if (recorder.full || at.observed) recorder.record({ event: 'StepStarted', ...place, inputs: {} })
      this.#moves.complete(thread, frame, noData, {})
      this.#moves.goTo(thread, frame, noData)
      return undefined
    }
    const failure = failureOf(error, at.step.id, at.step.name)
    const { retry } = at.step
    if (visit && retry && visit.attempt < retry.attempts) return attempts.again(thread, frame, visit, retry, failure)
    frame.visit = undefined
    visit?.leave()
    const handled = at.onException !== undefined
    recorder.record({ event: 'StepFailed', ...place, error: failure, handled })
    if (!handled) return this.failFrame(thread, failure, cameFrom(error, at.step.id))
    frame.data.steps[at.index] = { Error: errorRecord(failure, at.step.id) }
    this.#moves.goTo(thread, frame, onException)
    return undefined
  }

  /** The failure goes down the stack by one frame. `from`: the step of this flow call at which it came up. */
  failFrame(thread: Thread, failure: Failure, from: StepId): Promise<void> | undefined {
    const { threads, frames, calls } = this.#moves
    const frame = topOf(thread)
    const { call, at } = frame
    const isCall = frame.kind === 'flow' || (thread.frames.length === 1 && thread.kind === 'background')
    const handler = isCall ? catchOf(call.flow, at, from, failure) : undefined
    if (handler) {
      frame.kind = 'flow'
      frame.at = handler
      frame.caught = failure
      return undefined
    }
    frames.pop(thread)
    if (isCall) threads.leave(thread, [call])
    const below = thread.frames.at(-1)
    if (!below) threads.end(thread, 'failed', { error: failure, from })
    else if (below.visit?.catches) calls.returned(thread, { outcome: '', outputs: {}, error: failure }, frame.keep)
    else return this.fail(thread, failureWith(failure, isCall ? undefined : from))
    return undefined
  }
}
