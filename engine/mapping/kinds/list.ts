import { checkMessages } from '../../messages/check.ts'
import { type Value, itemTypeOf, typeFits } from '../../model/index.ts'
import { listTypeOf } from '../listType.ts'
import { constantOf } from './constant.ts'
import type { MappingKindDefinition } from '../mappingKind.ts'

/** Build List: each item by a mapping of its own. */
export const list: MappingKindDefinition<'list'> = {
  title: 'Build List',
  fields: { items: { holds: 'mappings' } },
  isEmpty: ({ items }) => items.length === 0,
  parts: ({ items }) => items,
  changeParts(mapping, change) {
    const items = mapping.items.map(change)
    return items.every((item, index) => item === mapping.items[index]) ? mapping : { ...mapping, items }
  },
  compile(mapping, { part }) {
    const items = mapping.items.map(part)
    return (data, locals) => items.map((read) => read(data, locals) ?? null)
  },
  type: ({ items }, { typeOf }) => listTypeOf(items.map(typeOf)),
  check(mapping, { expected, inputName, stepName, typeOf, tell }) {
    const type = typeOf(mapping) ?? 'List of Any'
    if (!typeFits(type, expected))
      tell('error', 'input-type', checkMessages.builtType(inputName, stepName, expected, type))
  },
  describe: ({ items }) => `List of ${String(items.length)}`,
  suits: ({ type }) => type === 'Any' || itemTypeOf(type) !== undefined,
  inPlaceOf(other, { value }) {
    if (Array.isArray(value)) return { kind: 'list', items: (value as readonly Value[]).map(constantOf) }
    return { kind: 'list', items: other.kind === 'unset' ? [] : [other] }
  }
}
