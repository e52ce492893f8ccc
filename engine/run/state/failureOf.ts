import { runMessages } from '../../messages/run.ts'
import { type Failure, StepFailure, type StepId, type ValueRecord } from '../../model/index.ts'

/** A failure that has already been recorded once, on its way down the stack. */
class PassedOn extends Error {
  readonly failure: Failure
  readonly from: StepId | undefined

  constructor(failure: Failure, from: StepId | undefined) {
    super(failure.message)
    this.failure = failure
    this.from = from
  }
}

/** `failure` as something to throw, unchanged by the steps it passes. `from`: the step of this flow call that failed. */
export function failureWith(failure: Failure, from?: StepId): Error {
  return new PassedOn(failure, from)
}

/** The step of this flow call at which what was thrown came up; `at` when it came from a call of another flow, or just now. */
export function cameFrom(thrown: unknown, at: StepId): StepId {
  return (thrown instanceof PassedOn ? thrown.from : undefined) ?? at
}

/** What was thrown at a step, as data. Anything but a StepFailure is a bug in the step and is said to be one. */
export function failureOf(thrown: unknown, step: StepId | undefined, name: string): Failure {
  if (thrown instanceof PassedOn) return thrown.failure
  const place = step === undefined ? {} : { step }
  if (thrown instanceof StepFailure)
    return {
      code: thrown.code,
      message: thrown.message,
      ...place,
      ...(thrown.detail === undefined ? {} : { detail: thrown.detail })
    }
  const message = thrown instanceof Error ? thrown.message : wordsOf(thrown)
  return { code: 'step-broke', message: step === undefined ? message : runMessages.stepBroke(name, message), ...place }
}

/** Whatever else was thrown, as text. */
function wordsOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return typeof thrown
  }
}

/** What becomes of whatever relies on the journal when that could not be written. */
export function journalFailure(problem: unknown): Failure {
  const { message } = failureOf(problem, undefined, '')
  return { code: 'journal-failed', message: runMessages.journalFailed(message) }
}

/** A failure as the output Error of On Exception. */
export function errorRecord(failure: Failure, step: StepId): ValueRecord {
  return { detail: null, step, ...failure }
}

/** The flow call or body on top of a thread has failed, at the step `from`, but not that step itself. */
export class FrameFailed extends Error {
  readonly failure: Failure
  readonly from: StepId

  constructor(failure: Failure, from: StepId) {
    super(failure.message)
    this.failure = failure
    this.from = from
  }
}
