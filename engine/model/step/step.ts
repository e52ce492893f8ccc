import type { Mapping, OutputMapping } from '../mapping/mapping.ts'
import type { Value } from '../value/value.ts'

/** Names a step inside its flow; never changes, so that mappings and journals can refer to it. */
export type StepId = string

/** One use of a step definition in a flow. Where it is drawn stands in the layout. */
export interface Step {
  readonly id: StepId
  /** The `type` of its step definition. A type that nobody knows is kept and drawn as unknown. */
  readonly type: string
  /** What people call it; free to change, unique in its flow. */
  readonly name: string
  /** Settings that differ from the definition's initial ones. */
  readonly settings: { readonly [name: string]: Value }
  readonly inputs: { readonly [name: string]: Mapping }
  /** Where outputs go that do not simply keep their names. */
  readonly outputs?: { readonly [name: string]: OutputMapping }
  readonly note?: string
  /** Passed over when the flow runs. */
  readonly disabled?: boolean
  /** How long the step may take, in seconds. For Run Flow, until the child replies. */
  readonly timeout?: number
  readonly retry?: Retry
  /** The step has the outcome No Data, taken when a required input has no value. */
  readonly noData?: boolean
}

/** What happens when the step fails: it is tried again before its failure counts. */
export interface Retry {
  /** How often it is tried at most, the first time included. */
  readonly attempts: number
  /** Seconds before the second attempt. */
  readonly wait: number
  /** By how much each wait is longer than the one before; 1: the same every time. */
  readonly factor: number
}
