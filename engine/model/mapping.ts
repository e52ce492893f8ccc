import type { Path } from './path.ts'
import type { Value } from './value.ts'

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
  /** Merge Text: `{{path}}` in `template` stands for the value there; in HTML those values are escaped. */
  | { readonly kind: 'merge'; readonly template: string; readonly format: 'text' | 'html' }

export type MappingKind = Mapping['kind']

/** The kinds of mapping with the words people see, in the order in which they are offered. */
export const mappingTitles: Readonly<Record<MappingKind, string>> = {
  unset: 'Unset',
  constant: 'Constant',
  select: 'Select From Flow',
  merge: 'Merge Text',
  null: 'Null',
  ignore: 'Ignore'
}
