import type { Flow, Mapping, Step, StepDefinition, StepId, Value, ValueRecord, ValueType } from '../../model/index.ts'
import type { FlowData, FlowPlaces, Locals, Reader } from './flowData.ts'

/** A flow made ready for running: names looked up, mappings made ready, steps linked. Made once, used by many runs. */
export interface CompiledFlow extends FlowPlaces {
  /** Its key among the run's flows. */
  readonly path: string
  readonly flow: Flow
  readonly start: CompiledStep | undefined
  readonly steps: readonly CompiledStep[]
  readonly ids: readonly StepId[]
  /** The End Steps in the order of the file. */
  readonly ends: readonly CompiledStep[]
  readonly catches: readonly CatchStep[]
  readonly outcomeCatches: readonly CompiledStep[]
  /**
   * What its calls begin with: its variables as they are initially and no input, and by step, nothing that it gave and no pass.
   * Copying a list at its full length is quicker than making it, and reading it than reading one that has grown.
   */
  readonly initial: readonly (Value | undefined)[]
  readonly noOutputs: readonly (ValueRecord | undefined)[]
  readonly noPasses: readonly number[]
}

export interface CompiledStep {
  readonly index: number
  readonly step: Step
  readonly id: StepId
  /** Undefined for a kind of step that this version does not have. */
  readonly definition: StepDefinition | undefined
  readonly settings: ValueRecord
  /** The inputs that its kind always has, and those that depend on where it stands. */
  readonly fixed: readonly CompiledInput[]
  readonly dynamic: readonly CompiledInput[]
  /** Make the fixed ones, and the dynamic ones. */
  readonly make: InputMaker
  readonly makeDynamic: InputMaker
  readonly hasScript: boolean
  /** Whether its inputs may be others later although the data is the same: they read the clock, or are worked out by scripts. */
  readonly observes: boolean
  /** Whether a visit may come out otherwise when it is made again: its data is recorded in any case. */
  readonly alwaysRecorded: boolean
  /** Where its outputs go that do not simply keep their names, by name. */
  readonly outputs: ReadonlyMap<string, CompiledOutput> | undefined
  /** The one output that sets a variable, when that is all that is done about outputs. */
  readonly set: CompiledSet | undefined
  /**
   * The definition, if a visit is its inputs and its run and then comes the next step: no effect, limits or retries, and recorded
   * only where all steps are.
   */
  readonly plain: StepDefinition | undefined
  /** Where the flow goes on, by outcome; On Exception and No Data among them. */
  readonly next: ReadonlyMap<string, CompiledStep>
  /** The first two of them, which are looked at first. */
  readonly outcome0: string | undefined
  readonly to0: CompiledStep | undefined
  readonly outcome1: string | undefined
  readonly to1: CompiledStep | undefined
  /** Whether No Data is connected, and On Exception. */
  readonly noData: CompiledStep | undefined
  readonly onException: CompiledStep | undefined
  /** The outcome along which it is passed over while it is disabled. */
  readonly passed: string
  /** Where the branches that start here meet. */
  readonly join: CompiledStep | undefined
}

/** A flow that can be called: it has a Start step. */
export type StartableFlow = CompiledFlow & { readonly start: CompiledStep }

/** Makes the inputs of one visit of a step. Throws StepFailure. */
export type InputMaker = (step: CompiledStep, data: FlowData, locals: Locals | undefined) => ValueRecord

/** A Catch Exception, and the steps that only it leads to: their failures are not its business. */
export interface CatchStep {
  readonly at: CompiledStep
  readonly own: ReadonlySet<CompiledStep>
}

/** Where an output goes, and what `typeof` says of values that a variable takes without conversion. */
export interface CompiledOutput {
  /** The name under which later steps find it, if they do. */
  readonly name: string | undefined
  /** The variable that gets its value, and whether that goes to the end of the list there. */
  readonly variable: string | undefined
  readonly appends: boolean
  readonly wants: string
}

/** An output that sets the variable at `place`, and what `typeof` says of values that it takes without conversion. */
export interface CompiledSet {
  readonly output: string
  readonly place: number
  readonly wants: string
}

/** The output of the step with an index, or, without one, the value of the flow at `place`. */
export interface Selected {
  readonly place: number
  readonly output: string | undefined
}

export interface CompiledInput {
  /** The path of its flow: there the paths of files begin. */
  readonly flow: string
  readonly name: string
  readonly type: ValueType
  readonly required: boolean
  readonly mapping: Mapping
  readonly read: Reader
  /** The one thing that it selects; undefined when it does anything else. */
  readonly selects: Selected | undefined
  /** What `typeof` says of values that need no conversion; '' when it takes more to know. */
  readonly wants: string
  /**
   * The last object that was converted, and what it became: values never change, so it becomes the same again. `unconverted`
   * before there is one.
   */
  last: Value
  lastConverted: Value
}

/** An object that no value of a run is. */
export const unconverted: ValueRecord = {}

/** Where the flow goes on after `outcome`. */
export function nextOf(at: CompiledStep, outcome: string): CompiledStep | undefined {
  return outcome === at.outcome0 ? at.to0 : outcome === at.outcome1 ? at.to1 : at.next.get(outcome)
}
