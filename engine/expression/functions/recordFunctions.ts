import { recordOf } from '../evaluate/values.ts'
import { many, one, two } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { list, record, text } from './parameters.ts'

/** Functions on records. */
export const recordFunctions: readonly FunctionDefinition[] = [
  one(
    {
      name: 'keys',
      returns: 'List of Text',
      summary: 'The names of the fields of a record, in its order.',
      example: "keys({name: 'Ada', age: 36})",
      gives: ['name', 'age']
    },
    record('record'),
    (fields) => Object.keys(fields)
  ),
  one(
    {
      name: 'values',
      returns: 'List of Any',
      summary: 'The values of the fields of a record, in its order.',
      example: "values({name: 'Ada', age: 36})",
      gives: ['Ada', 36]
    },
    record('record'),
    (fields) => Object.values(fields)
  ),
  two(
    {
      name: 'has',
      returns: 'Boolean',
      summary: 'Whether a record has a field of this name, even one that is null.',
      example: "has({name: null}, 'name')",
      gives: true
    },
    [record('record'), text('field')],
    (fields, field) => field !== '__proto__' && Object.hasOwn(fields, field)
  ),
  many(
    {
      name: 'merge',
      returns: 'Record',
      summary: 'One record of the fields of several; where two have the same field, the later one counts.',
      example: 'merge({a: 1, b: 2}, {b: 3})',
      gives: { a: 1, b: 3 }
    },
    record('record'),
    (records, evaluation) => {
      const fields = records.flatMap((one) => Object.entries(one))
      evaluation.mayMakeList(fields.length)
      return recordOf(fields)
    }
  ),
  two(
    {
      name: 'record',
      returns: 'Record',
      summary: 'A record made of a list of field names and a list of their values.',
      example: "record(['name', 'age'], ['Ada', 36])",
      gives: { name: 'Ada', age: 36 }
    },
    [list('fields'), list('values')],
    (names, values) =>
      names.every((name) => typeof name === 'string')
        ? recordOf(names.map((name, index) => [name, values[index] ?? null]))
        : null
  )
]
