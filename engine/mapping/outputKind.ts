import type { OutputMapping, StepId, ValueType } from '../model/index.ts'
import type { FileFieldsOf } from './fileField.ts'

export type OutputKind = OutputMapping['kind']

/** The output mappings of one kind. */
export type OutputMappingOf<K extends OutputKind> = Extract<OutputMapping, { kind: K }>

/** All there is to say about one kind of output mapping. */
export interface OutputKindDefinition<K extends OutputKind> {
  /** The words people see. */
  readonly title: string
  /** Its fields in flow files. */
  readonly fields: FileFieldsOf<OutputMappingOf<K>>
  /** A freshly chosen one, for the output of that name or with the variable that was named before. */
  fresh(output: string, variable: string): OutputMappingOf<K>
  /** The names of the path at which later steps find what the output gave in this visit. */
  path?(mapping: OutputMappingOf<K>, step: StepId): readonly string[]
  /** The variable that gets what the output gives. */
  variable?(mapping: OutputMappingOf<K>): VariableUse
  /** What is wrong with it by itself. */
  problem?(
    mapping: OutputMappingOf<K>,
    names: OutputNames
  ): { readonly code: string; readonly message: string } | undefined
}

/** A variable that gets what an output gives. */
export interface VariableUse {
  readonly name: string
  /** The mapping for another variable. */
  readonly withName: (name: string) => OutputMapping

  /** The value goes to the end of the list that the variable holds, instead of taking its place. */
  readonly appends: boolean
  /** The type that a variable for outputs of a type should have. */
  readonly wants: (output: ValueType) => ValueType
  /** Whether a variable of a type takes outputs of a type. */
  readonly takes: (variable: ValueType, output: ValueType) => boolean
  /** What is said when it does not, and what the button says that gives it the type it should have. */
  readonly misfit: (names: OutputNames, output: ValueType, variable: string, type: ValueType) => string
  readonly retype: (variable: string, type: ValueType) => string
}

/** How messages name an output. */
export interface OutputNames {
  readonly output: string
  readonly step: string
}
