import type { Value, ValueRecord } from '../model/value.ts'

/** What a step's outputs come to once its output mappings have had their say. */
export interface AppliedOutputs {
  /** As later steps find them under the step. */
  readonly outputs: ValueRecord
  readonly variables: readonly SetVariable[]
}

/** A variable of the flow and what it is from now on. */
export interface SetVariable {
  readonly name: string
  readonly value: Value
}
