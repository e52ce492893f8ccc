import { type Value, isRecord } from '../../model/index.ts'
import { commonType } from '../types.ts'
import { isList } from '../evaluate/values.ts'
import { quick } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { anything } from './parameters.ts'

/** Functions that choose, and those that ask what a value is. */
export const typeFunctions: readonly FunctionDefinition[] = [
  {
    name: 'if',
    returns: ([, ...types]) => commonType(types),
    summary: 'The second value when the condition is true, else the third, or null when there is none.',
    example: "if(2 > 1, 'more', 'less')",
    gives: 'more',
    parameters: [
      { name: 'condition', types: ['Boolean'], optional: false, perItem: false },
      { name: 'then', types: ['Any'], optional: false, perItem: false },
      { name: 'else', types: ['Any'], optional: true, perItem: false }
    ],
    repeats: false,
    compile: ([condition, then, otherwise]) => {
      return (evaluation) => (condition?.evaluate(evaluation) === true ? then : otherwise)?.evaluate(evaluation) ?? null
    }
  },
  {
    name: 'default',
    returns: (types) => commonType(types),
    summary: 'The first of several values that is not null.',
    example: "default(null, 'none')",
    gives: 'none',
    parameters: [
      { name: 'value', types: ['Any'], optional: false, perItem: false },
      { name: 'otherwise', types: ['Any'], optional: false, perItem: false }
    ],
    repeats: true,
    compile: (args) => (evaluation) => {
      for (const { evaluate } of args) {
        const value = evaluate(evaluation) ?? null
        if (value !== null) return value
      }
      return null
    }
  },
  quick(
    {
      name: 'isEmpty',
      returns: 'Boolean',
      summary: 'Whether a value is null, a text without characters, a list without items or a record without fields.',
      example: "isEmpty('')",
      gives: true
    },
    anything('value'),
    (value) => isEmpty(value)
  ),
  quick(
    {
      name: 'typeName',
      returns: 'Text',
      summary: 'What a value is: Text, Number, Boolean, Date, File, Record, List or Nothing.',
      example: 'typeName(1.5)',
      gives: 'Number'
    },
    anything('value'),
    (value) => typeName(value)
  )
]

function isEmpty(value: Value): boolean {
  if (value === null || value === '') return true
  if (isList(value)) return value.length === 0
  if (!isRecord(value)) return false
  for (const name in value) if (Object.hasOwn(value, name)) return false
  return true
}

function typeName(value: Value): string {
  if (value === null) return 'Nothing'
  if (isList(value)) return 'List'
  if (isRecord(value)) return value.$type === 'Date' || value.$type === 'File' ? value.$type : 'Record'
  return typeof value === 'string' ? 'Text' : typeof value === 'number' ? 'Number' : 'Boolean'
}
