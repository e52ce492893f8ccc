import type { Connection } from './connection.ts'
import type { Step, StepId } from '../step/step.ts'
import type { Value } from '../value/value.ts'
import type { ValueType } from '../value/valueType.ts'

/** Names a flow for good, also after it was renamed or moved. */
export type FlowId = string

/** A value that a caller hands to the flow. */
export interface FlowInput {
  readonly name: string
  readonly type: ValueType
  readonly required?: boolean
  /** What the Debug dialog and the command line take when the caller gives nothing. */
  readonly initial?: Value
}

/** A value that the flow's reply carries. Each End Step has an input of the same name. */
export interface FlowOutput {
  readonly name: string
  readonly type: ValueType
}

/** A named value that steps of the flow may set and read. */
export interface FlowVariable {
  readonly name: string
  readonly type: ValueType
  readonly initial?: Value
}

/** How much of a run its journal keeps: every step with its data, or the start, the reply, failures and the ends. */
export type Recording = 'full' | 'summary'

/**
 * What a run survives: with `debug` the end of its process, and that of the computer but for its last second; with `standard` also
 * what somebody was told and what was done in that second; `strict` waits for the disk after each effect too.
 */
export type Durability = 'debug' | 'standard' | 'strict'

/** What happens to an interrupted run when the studio starts again. */
export type AfterRestart = 'resume' | 'ask' | 'leave'

/** How a flow's runs are carried out. */
export interface Running {
  /** Full when absent. */
  readonly recording?: Recording
  /** Standard when absent. */
  readonly durability?: Durability
  /** Resume when absent; what is in doubt is asked in any case. */
  readonly afterRestart?: AfterRestart
}

/** A program drawn as steps joined by connections. Holds no positions: see Layout. */
export interface Flow {
  readonly id: FlowId
  readonly name: string
  readonly description?: string
  readonly inputs: readonly FlowInput[]
  readonly outputs: readonly FlowOutput[]
  readonly variables?: readonly FlowVariable[]
  readonly running?: Running
  readonly steps: readonly Step[]
  readonly connections: readonly Connection[]
}

/** The top left corner of each step on the canvas, in pixels at 100 %. Moving a step never changes the program. */
export type Layout = { readonly [step: StepId]: { readonly x: number; readonly y: number } }

/** What one flow file holds, and what the Flow Designer edits. */
export interface FlowDocument {
  readonly flow: Flow
  readonly layout: Layout
}

/** The step with this id; undefined when the flow has none. */
export function stepOf(flow: Flow, id: StepId): Step | undefined {
  return flow.steps.find((step) => step.id === id)
}

/** What steps may set, found as `flow.<name>`: the variables, and the inputs. */
export function settableOf({ variables = [], inputs }: Flow): readonly (FlowVariable | FlowInput)[] {
  return variables.length === 0 ? inputs : [...variables, ...inputs]
}
