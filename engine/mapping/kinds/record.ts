import { checkMessages } from '../../messages/check.ts'
import { type Value, isRecord, typeFits } from '../../model/index.ts'
import { constantOf } from './constant.ts'
import type { MappingKindDefinition } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'

/** Build Record: each field by a mapping of its own. */
export const record: MappingKindDefinition<'record'> = {
  title: 'Build Record',
  fields: { fields: { holds: 'named mappings' } },
  isEmpty: () => false,
  parts: ({ fields }) => Object.values(fields),
  changeParts(mapping, change) {
    const fields = Object.entries(mapping.fields).map(([name, field]) => [name, change(field)] as const)
    const isSame = fields.every(([name, field]) => field === mapping.fields[name])
    return isSame ? mapping : { ...mapping, fields: Object.fromEntries(fields) }
  },
  compile(mapping, { part }) {
    const fields = Object.entries(mapping.fields).map(([name, field]) => ({ name, read: part(field) }))
    return (data, locals) =>
      Object.fromEntries(fields.map(({ name, read }): [string, Value] => [name, read(data, locals) ?? null]))
  },
  type: () => 'Record',
  check(_mapping, { expected, inputName, stepName, tell }) {
    if (!typeFits('Record', expected))
      tell('error', 'input-type', checkMessages.builtType(inputName, stepName, expected, 'Record'))
  },
  describe: ({ fields }) => shortened(Object.keys(fields).join(', ')),
  suits: ({ type }) => type === 'Any' || type === 'Record' || type === 'Email',
  inPlaceOf(_other, { value = null }) {
    const fields = isRecord(value) ? Object.entries(value) : []
    return { kind: 'record', fields: Object.fromEntries(fields.map(([name, field]) => [name, constantOf(field)])) }
  }
}
