import type { Value, ValueRecord } from '../../model/index.ts'

/** What a step's outputs come to once its output mappings have had their say. */
export interface AppliedOutputs {
  /** As later steps find them under the step. */
  readonly outputs: ValueRecord
  readonly variables: readonly SetVariable[]
}

/** A variable of the flow and what it is from now on. */
export interface SetVariable {
  readonly name: string
  /** The whole of it; absent when only what was added is known. */
  readonly value?: Value
  /** What was added to the end of the list that it is. */
  readonly added?: Value
}
