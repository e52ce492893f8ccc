import type { StepDefinition } from '../model/definition.ts'
import type { Flow } from '../model/flow.ts'
import type { Mapping } from '../model/mapping.ts'
import type { Step, StepId } from '../model/step.ts'
import type { ValueRecord } from '../model/value.ts'
import type { ValueType } from '../model/valueType.ts'
import type { Reader } from './flowData.ts'

/** A flow made ready for running: names looked up, mappings made ready, steps linked. Made once, used by many runs. */
export interface CompiledFlow {
  /** Its key among the run's flows. */
  readonly path: string
  readonly flow: Flow
  readonly start: CompiledStep | undefined
  readonly steps: readonly CompiledStep[]
  readonly ids: readonly StepId[]
  readonly indexes: ReadonlyMap<StepId, number>
  /** The End Steps in the order of the file. */
  readonly ends: readonly CompiledStep[]
  readonly catches: readonly CatchStep[]
  readonly outcomeCatches: readonly CompiledStep[]
}

export interface CompiledStep {
  readonly index: number
  readonly step: Step
  /** Undefined for a kind of step that this version does not have. */
  readonly definition: StepDefinition | undefined
  readonly settings: ValueRecord
  readonly inputs: readonly CompiledInput[]
  readonly hasScript: boolean
  /** Whether a visit may come out otherwise when it is made again: its data is recorded in any case. */
  readonly observed: boolean
  /** Where the flow goes on, by outcome; On Exception and No Data among them. */
  readonly next: ReadonlyMap<string, CompiledStep>
  /** Whether No Data is connected, and On Exception. */
  readonly noData: CompiledStep | undefined
  readonly onException: CompiledStep | undefined
  /** The outcome along which it is passed over while it is disabled. */
  readonly passed: string
  /** Where the branches that start here meet. */
  readonly join: CompiledStep | undefined
}

/** A Catch Exception, and the steps that only it leads to: their failures are not its business. */
export interface CatchStep {
  readonly at: CompiledStep
  readonly own: ReadonlySet<CompiledStep>
}

export interface CompiledInput {
  /** The path of its flow: there the paths of files begin. */
  readonly flow: string
  readonly name: string
  readonly type: ValueType
  readonly required: boolean
  readonly dynamic: boolean
  readonly mapping: Mapping
  readonly read: Reader
}
