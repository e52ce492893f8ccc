import type { Path } from '../value/path.ts'
import type { Value } from '../value/value.ts'

/** How one step input gets its value. */
export type Mapping =
  /** Nothing chosen yet: an error where the input is required. */
  | { readonly kind: 'unset' }
  /** The step gets nothing; allowed where the input is not required. */
  | { readonly kind: 'ignore' }
  | { readonly kind: 'null' }
  | { readonly kind: 'constant'; readonly value: Value }
  /** Select From Flow: the value at `path` in the flow data. */
  | { readonly kind: 'select'; readonly path: Path }
  /** Build Record: each field by a mapping of its own. */
  | { readonly kind: 'record'; readonly fields: { readonly [name: string]: Mapping } }
  /** Build List: each item by a mapping of its own. */
  | { readonly kind: 'list'; readonly items: readonly Mapping[] }
  | { readonly kind: 'expression'; readonly source: string }
  /** JavaScript in a sandbox; its completion value or what it returns. */
  | { readonly kind: 'script'; readonly source: string }
  /** Merge Text: `{{path}}` in `template` stands for the value there; in HTML those values are escaped. */
  | { readonly kind: 'merge'; readonly template: string; readonly format: 'text' | 'html' }

/** Where one step output goes. An output without one keeps its name. */
export type OutputMapping =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'nothing' }
  /** Into a variable of the flow. */
  | { readonly kind: 'set'; readonly variable: string }
  /** To the end of a list variable of the flow. */
  | { readonly kind: 'append'; readonly variable: string }

/** The name under which later steps find an output with this mapping; undefined when they do not. */
export function keptAs(mapping: OutputMapping): string | undefined {
  return mapping.kind === 'rename' ? mapping.name : undefined
}

export type MappingKind = Mapping['kind']
