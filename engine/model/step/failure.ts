import type { StepId } from './step.ts'
import type { Value } from '../value/value.ts'

/** Why a step, a thread or a run failed, as data: it goes into journals and over IPC unharmed. */
export interface Failure {
  /** Stable, for programs: 'mail-server-unreachable'. */
  readonly code: string
  /** One or two sentences for people: what happened to what, and what to do. */
  readonly message: string
  /** The step at which it happened. */
  readonly step?: StepId
  readonly detail?: Value
}

/** What a step throws when it cannot do its work. Anything else that is thrown counts as a bug and says so. */
export class StepFailure extends Error {
  readonly code: string
  readonly detail: Value | undefined

  constructor(code: string, message: string, detail?: Value) {
    super(message)
    this.name = 'StepFailure'
    this.code = code
    this.detail = detail
  }
}
