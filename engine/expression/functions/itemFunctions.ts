import { type Value, type ValueRecord, millisecondsOf } from '../../model/index.ts'
import { type Evaluation } from '../evaluate/evaluation.ts'
import { isListType, itemOf, listOf } from '../types.ts'
import { compare, keyOf } from '../evaluate/values.ts'
import { overItems } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { condition, perItem } from './parameters.ts'

/** Functions that evaluate an expression for each item of a list. */
export const itemFunctions: readonly FunctionDefinition[] = [
  overItems(
    {
      name: 'filter',
      returns: ([type]) => (isListType(type) ? type : 'List of Any'),
      summary: 'The items for which the condition is true.',
      example: 'filter([{age: 2}, {age: 5}], it.age > 3)',
      gives: [{ age: 5 }]
    },
    condition('where'),
    (items, where) => items.filter((item, index) => where(item, index) === true)
  ),
  overItems(
    {
      name: 'map',
      returns: ([, type]) => listOf(type),
      summary: 'A list of what the expression gives for each item. Its position is index, from 0.',
      example: "map(['a', 'b'], upper(it) & index)",
      gives: ['A0', 'B1']
    },
    perItem('to'),
    (items, to) => items.map(to)
  ),
  overItems(
    {
      name: 'sort',
      returns: ([type]) => (isListType(type) ? type : 'List of Any'),
      summary:
        'The items in order of what the expression gives for them, or of themselves: numbers, then texts, then dates, then the rest.',
      example: "sort([{name: 'Grace'}, {name: 'Ada'}], it.name)",
      gives: [{ name: 'Ada' }, { name: 'Grace' }]
    },
    perItem('by', true),
    (items, by, evaluation) => sorted(items, items.map(by), evaluation)
  ),
  overItems(
    {
      name: 'find',
      returns: ([type]) => itemOf(type),
      summary: 'The first item for which the condition is true; null when there is none.',
      example: 'find([1, 5, 9], it > 3)',
      gives: 5
    },
    condition('where'),
    (items, where) => items.find((item, index) => where(item, index) === true) ?? null
  ),
  overItems(
    {
      name: 'any',
      returns: 'Boolean',
      summary: 'Whether the condition is true for at least one item.',
      example: 'any([1, 5, 9], it > 8)',
      gives: true
    },
    condition('where'),
    (items, where) => items.some((item, index) => where(item, index) === true)
  ),
  overItems(
    {
      name: 'all',
      returns: 'Boolean',
      summary: 'Whether the condition is true for every item; true for an empty list.',
      example: 'all([1, 5, 9], it > 3)',
      gives: false
    },
    condition('where'),
    (items, where) => items.every((item, index) => where(item, index) === true)
  ),
  overItems(
    {
      name: 'count',
      returns: 'Number',
      summary: 'For how many items the condition is true.',
      example: 'count([1, 5, 9], it > 3)',
      gives: 2
    },
    condition('where'),
    (items, where) => items.reduce((count: number, item, index) => count + (where(item, index) === true ? 1 : 0), 0)
  ),
  overItems(
    {
      name: 'groupBy',
      returns: 'List of Record',
      summary: 'The items grouped by what the expression gives: a list of records with a key and its items.',
      example: "groupBy(['ab', 'c', 'de'], length(it))",
      gives: [
        { key: 2, items: ['ab', 'de'] },
        { key: 1, items: ['c'] }
      ]
    },
    perItem('by'),
    (items, by, evaluation) => {
      const groups = new Map<string, { readonly key: Value; readonly items: Value[] }>()
      for (const [index, item] of items.entries()) {
        const value = by(item, index)
        const key = keyOf(value, evaluation)
        const group = groups.get(key)
        if (group) group.items.push(item)
        else groups.set(key, { key: value, items: [item] })
      }
      return [...groups.values()].map(({ key, items: members }): ValueRecord => ({ key, items: members }))
    }
  )
]

function sorted(items: readonly Value[], keys: readonly Value[], evaluation: Evaluation): Value[] {
  evaluation.spend((items.length * Math.log2(items.length + 1)) / 4)
  const ranked = keys.map((key, index) => ({ key: millisecondsOf(key) ?? key, rank: rankOf(key), index }))
  ranked.sort((one, other) => {
    if (one.rank !== other.rank) return one.rank - other.rank
    return compare(one.key, other.key, evaluation) ?? 0
  })
  return ranked.map(({ index }) => items[index] ?? null)
}

/** Numbers before texts before dates before all that has no order, so that a mixed list has one order as well. */
function rankOf(key: Value): number {
  if (typeof key === 'number') return 0
  return typeof key === 'string' ? 1 : millisecondsOf(key) !== undefined ? 2 : 3
}
