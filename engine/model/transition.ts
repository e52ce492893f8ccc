import type { StepId } from './step.ts'
import type { Value, ValueRecord } from './value.ts'

/** What a step asks of the interpreter, which alone moves threads. */
export type Transition = Exit | Enter | Fork | Detach

/** Go on along `outcome`. */
export interface Exit {
  readonly kind: 'exit'
  readonly outcome: string
  readonly outputs: ValueRecord
}

/** Run something in a new frame on top of this one, then call the step again with `state` and the result. */
export interface Enter {
  readonly kind: 'enter'
  readonly into: FlowCall | Body
  readonly state: Value
}

/** A call of another flow, named as in the step's settings. */
export interface FlowCall {
  readonly flow: string
  readonly inputs: ValueRecord
}

/** The steps behind one of the step's own outcomes, with extra values they can read. */
export interface Body {
  readonly outcome: string
  readonly locals: ValueRecord
}

/** Run each branch on a thread of its own, then call the step again with `state` and the results in branch order. */
export interface Fork {
  readonly kind: 'fork'
  readonly branches: readonly Body[]
  readonly state: Value
}

/**
 * Go Async: move the frames of this flow call to a background thread, which goes on along `outcome`; the call returns
 * at once as if it had reached the End Step `callerOutcome` (undefined: the only one).
 */
export interface Detach {
  readonly kind: 'detach'
  readonly outcome: string
  readonly callerOutcome: StepId | undefined
}

/** How a frame that a step entered came to its end. */
export interface FrameResult {
  readonly outcome: string
  readonly outputs: ValueRecord
}

export const exit = <O extends string, V extends ValueRecord>(outcome: O, outputs: V) =>
  ({ kind: 'exit', outcome, outputs }) as const

export const enter = (into: FlowCall | Body, state: Value): Enter => ({ kind: 'enter', into, state })

export const fork = (branches: readonly Body[], state: Value): Fork => ({ kind: 'fork', branches, state })

export const detach = (outcome: string, callerOutcome: StepId | undefined): Detach => ({
  kind: 'detach',
  outcome,
  callerOutcome
})
