import type { Value } from '../../model/index.ts'
import { limits } from '../limits.ts'
import { commonType, isListType, itemOf, listOf } from '../types.ts'
import { finite, isList, itemAt, keyOf } from '../evaluate/values.ts'
import { many, one, overItems, quick, three, two } from './define.ts'
import type { FunctionDefinition, Returns } from './functionDefinition.ts'
import { list, number, optional, perItem } from './parameters.ts'

const sameList: Returns = ([type]) => (isListType(type) ? type : 'List of Any')
const itsItem: Returns = ([type]) => itemOf(type)

/** Functions on lists as they are. */
export const listFunctions: readonly FunctionDefinition[] = [
  quick(
    {
      name: 'first',
      returns: itsItem,
      summary: 'The first item of a list; null when it is empty.',
      example: 'first([3, 1, 2])',
      gives: 3
    },
    list('list'),
    (items) => itemAt(items, 0)
  ),
  quick(
    {
      name: 'last',
      returns: itsItem,
      summary: 'The last item of a list; null when it is empty.',
      example: 'last([3, 1, 2])',
      gives: 2
    },
    list('list'),
    (items) => itemAt(items, -1)
  ),
  at(),
  three(
    {
      name: 'slice',
      returns: sameList,
      summary:
        'The items from one position up to another one, not included, or to the end. Counted from 0; below 0 from the end.',
      example: 'slice([1, 2, 3, 4], 1, 3)',
      gives: [2, 3]
    },
    [list('list'), number('from'), optional(number('to'))],
    (items, from, to) => items.slice(Math.floor(from), to === undefined ? undefined : Math.floor(to))
  ),
  one(
    {
      name: 'reverse',
      returns: sameList,
      summary: 'The items in the opposite order.',
      example: 'reverse([1, 2, 3])',
      gives: [3, 2, 1]
    },
    list('list'),
    (items) => items.toReversed()
  ),
  overItems(
    {
      name: 'distinct',
      returns: sameList,
      summary: 'The items without repetitions, the first of each kept; equal ones are told by an expression, if given.',
      example: 'distinct([1, 2, 1, 3])',
      gives: [1, 2, 3]
    },
    perItem('by', true),
    (items, by, evaluation) => {
      const seen = new Set<string>()
      return items.filter((item, index) => {
        const key = keyOf(by(item, index), evaluation)
        return !seen.has(key) && seen.add(key)
      })
    }
  ),
  one(
    {
      name: 'flatten',
      returns: 'List of Any',
      summary: 'One list of all items of the lists in a list. Items that are no lists stay as they are.',
      example: 'flatten([[1, 2], [3], 4])',
      gives: [1, 2, 3, 4]
    },
    list('list'),
    (items, evaluation) => {
      evaluation.mayMakeList(items.reduce((count: number, item) => count + (isList(item) ? item.length : 1), 0))
      return items.flat()
    }
  ),
  many(
    {
      name: 'concat',
      returns: (types) => listOf(commonType(types.map((type) => (isListType(type) ? itemOf(type) : type)))),
      summary: 'Several lists one after another as one list.',
      example: 'concat([1, 2], [3])',
      gives: [1, 2, 3]
    },
    list('list'),
    (lists, evaluation) => {
      evaluation.mayMakeList(lists.reduce((count, items) => count + items.length, 0))
      return lists.flat()
    }
  ),
  three(
    {
      name: 'range',
      returns: 'List of Number',
      summary: 'The numbers from one to another, both included, in steps of 1 or as said.',
      example: 'range(1, 9, 2)',
      gives: [1, 3, 5, 7, 9]
    },
    [number('from'), number('to'), optional(number('step'))],
    (from, to, step = 1, evaluation) => {
      if (step === 0) return null
      const count = Math.max(0, Math.floor((to - from) / step + 1e-9) + 1)
      evaluation.mayMakeList(count > limits.list ? limits.list + 1 : count)
      return Array.from({ length: count }, (_, index): Value => finite(from + index * step))
    }
  )
]

function at(): FunctionDefinition {
  return two(
    {
      name: 'at',
      returns: itsItem,
      summary: 'The item at a position counted from 0, or from the end when it is below 0; null when there is none.',
      example: "at(['a', 'b', 'c'], -1)",
      gives: 'c'
    },
    [list('list'), number('position')],
    (items, position) => itemAt(items, position)
  )
}
