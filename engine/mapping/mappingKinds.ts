import type { Mapping, MappingKind } from '../model/index.ts'
import { constant } from './kinds/constant.ts'
import { expression } from './kinds/expression.ts'
import { ignore } from './kinds/ignore.ts'
import { list } from './kinds/list.ts'
import { merge } from './kinds/merge.ts'
import { nullMapping } from './kinds/null.ts'
import { record } from './kinds/record.ts'
import { script } from './kinds/script.ts'
import { select } from './kinds/select.ts'
import { unset } from './kinds/unset.ts'
import type { MappingKindDefinition } from './mappingKind.ts'

/** Every kind of mapping, in the order of the file's schema. */
export const mappingKinds: { readonly [K in MappingKind]: MappingKindDefinition<K> } = {
  unset,
  ignore,
  null: nullMapping,
  constant,
  select,
  record,
  list,
  expression,
  script,
  merge
}

/** The kind of a mapping, to be asked about that mapping. */
export function kindOf({ kind }: Mapping): MappingKindDefinition<MappingKind> {
  return definitionOf(kind)
}

function definitionOf<K extends MappingKind>(kind: K): MappingKindDefinition<K> {
  return mappingKinds[kind]
}
