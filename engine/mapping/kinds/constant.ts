import { checkMessages } from '../../messages/check.ts'
import {
  type Value,
  type ValueType,
  convert,
  describeMismatch,
  isRecord,
  itemTypeOf,
  itemTypes
} from '../../model/index.ts'
import { listTypeOf } from '../listType.ts'
import type { MappingKindDefinition, MappingOf } from '../mappingKind.ts'
import { shortened } from '../shortened.ts'
import { asTemplate } from '../templates.ts'

/** Constant: a value written down in the flow. */
export const constant: MappingKindDefinition<'constant'> = {
  title: 'Constant',
  fields: { value: { holds: 'value' } },
  isNull: ({ value }) => value === null,
  isEmpty: ({ value }) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  compile(mapping, { input }) {
    const value = asTemplate(mapping.value, input)
    return () => value
  },
  type: ({ value }) => typeOfValue(value),
  check({ value }, { expected, inputName, stepName, tell }) {
    const type = expected === 'Template' ? 'Text' : expected
    if (convert(value, type) !== undefined) return
    tell('error', 'input-type', checkMessages.constantType(inputName, stepName, type, describeMismatch(value, type)))
  },
  describe: ({ value }) => shortened(typeof value === 'string' ? value : JSON.stringify(value)),
  suits: () => true,
  words: ({ value }) => ({
    value,
    ...(typeof value === 'string' && { text: value }),
    ...(value !== '' && value !== null && { source: JSON.stringify(value) })
  }),
  inPlaceOf: (_other, { text }, type) => constantOf(text ?? emptyOf(type))
}

/** A constant of that value. */
export function constantOf(value: Value): MappingOf<'constant'> {
  return { kind: 'constant', value }
}

function typeOfValue(value: Value): ValueType | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) return listTypeOf((value as readonly Value[]).map(typeOfValue))
  if (isRecord(value)) return itemTypes.find((type) => type === value.$type) ?? 'Record'
  return typeof value === 'string' ? 'Text' : typeof value === 'number' ? 'Number' : 'Boolean'
}

/** What a constant of a type begins with. */
function emptyOf(type: ValueType): Value {
  if (itemTypeOf(type) !== undefined) return []
  switch (type) {
    case 'Number':
      return 0
    case 'Boolean':
      return false
    case 'Text':
    case 'Template':
    case 'Email':
    case 'File':
    case 'Any':
      return ''
    default:
      return null
  }
}
