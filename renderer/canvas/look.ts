import type { StepId } from '../../engine/index.ts'

/** How a step stands in the run that is shown. */
export type StepState =
  'not-reached' | 'running' | 'done' | 'waiting' | 'retrying' | 'paused' | 'failed' | 'cancelled' | 'replied' | 'kept'

/** What a run changes about the picture of one step. */
export interface StepLook {
  readonly state: StepState
  /** Takes the place of the summary line: “431 of 1,200 · 4/s”. */
  readonly summary?: string
  /** From 0 to 1. */
  readonly progress?: number
  /** An End Step that the caller reached by the reply and a background thread has reached since. */
  readonly reachedInBackground?: boolean
}

export type Walker = 'main' | 'background'

/** What a run changes about the picture of a flow. Plain data: the canvas draws it and knows no run. */
export interface RunLook {
  /** Steps that are missing here are not reached. */
  readonly steps: ReadonlyMap<StepId, StepLook>
  /** Which connections were walked, by connection key, and by whom last. */
  readonly walked: ReadonlyMap<string, Walker>
  /** The replies given, by Go Async step: the time in words (“12 ms”). */
  readonly replies: ReadonlyMap<StepId, string>
}
