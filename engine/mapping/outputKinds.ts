import type { OutputMapping } from '../model/index.ts'
import type { OutputKind, OutputKindDefinition, VariableUse } from './outputKind.ts'
import { append } from './outputs/append.ts'
import { nothing } from './outputs/nothing.ts'
import { rename } from './outputs/rename.ts'
import { set } from './outputs/set.ts'

/** Every kind of output mapping, in the order in which they are offered. */
export const outputKinds: { readonly [K in OutputKind]: OutputKindDefinition<K> } = { rename, nothing, set, append }

/** The kind of an output mapping, to be asked about that mapping. */
export function outputKindOf({ kind }: OutputMapping): OutputKindDefinition<OutputKind> {
  return definitionOf(kind)
}

/** The variable that gets what an output with this mapping gives. */
export function variableOf(mapping: OutputMapping): VariableUse | undefined {
  return outputKindOf(mapping).variable?.(mapping)
}

function definitionOf<K extends OutputKind>(kind: K): OutputKindDefinition<K> {
  return outputKinds[kind]
}
