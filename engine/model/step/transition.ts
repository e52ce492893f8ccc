import type { Failure } from './failure.ts'
import type { Path } from '../value/path.ts'
import type { StepId } from './step.ts'
import type { Value, ValueRecord } from '../value/value.ts'

/** What a step asks of the interpreter, which alone moves threads. */
export type Transition = Exit | Enter | Fork | Detach

/** Go on along `outcome`. */
export interface Exit {
  readonly kind: 'exit'
  readonly outcome: string
  readonly outputs: ValueRecord
  /** Variables of the flow to set before going on. */
  readonly variables?: ValueRecord
}

/** Run something in a new frame on top of this one, then call the step again with `state` and the result. */
export interface Enter {
  readonly kind: 'enter'
  readonly into: FlowCall | Body
  readonly state: Value
  /** Whether the step wants to know of a failure in there (as `result.error`) instead of failing with it. */
  readonly catches: boolean
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
  /** A path whose value, when the body has ended, is its output `Value`. */
  readonly collect?: Path
  /** Whether its result is added to the step's `results`, and not only handed over once. */
  readonly keep?: boolean
}

/** Run each branch on a thread of its own, then call the step again with `state` and the results in branch order. */
export interface Fork {
  readonly kind: 'fork'
  readonly branches: readonly (FlowCall | Body)[]
  readonly state: Value
  readonly options: ForkOptions
}

export interface ForkOptions {
  /** How many branches may run at once; all of them when absent. */
  readonly atMost?: number
  /** `stop` (when absent): the first failure ends the other branches and fails the step; `collect`: results carry it. */
  readonly onFailure?: 'stop' | 'collect'
  /** So many branches have to end well: the others are stopped then, and those that have not begun do not. */
  readonly enough?: number
  /** Branches meet at the Join that follows; the thread goes on there as soon as the Join has what it needs. */
  readonly join?: boolean
  /** Nobody waits: the branches run in the background, and the step is called again at once with their thread numbers. */
  readonly background?: boolean
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
  /** Why it failed, where the step asked to be told. */
  readonly error?: Failure
}

/** How a branch came to its end; undefined for one that went to the background. */
export type BranchResult = FrameResult | undefined

/** Go on along `outcome`, after setting `variables` of the flow. */
export const exit = <O extends string, V extends ValueRecord>(outcome: O, outputs: V, variables?: ValueRecord) =>
  variables === undefined
    ? ({ kind: 'exit', outcome, outputs } as const)
    : ({ kind: 'exit', outcome, outputs, variables } as const)

export const enter = (into: FlowCall | Body, state: Value, catches = false): Enter => ({
  kind: 'enter',
  into,
  state,
  catches
})

export const fork = (branches: readonly (FlowCall | Body)[], state: Value, options: ForkOptions = {}): Fork => ({
  kind: 'fork',
  branches,
  state,
  options
})

export const detach = (outcome: string, callerOutcome: StepId | undefined): Detach => ({
  kind: 'detach',
  outcome,
  callerOutcome
})
