import type { Mapping } from './mapping.ts'
import type { Value } from './value.ts'

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
  readonly note?: string
  readonly disabled?: boolean
}
