import type { Value } from '../../model/index.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import { commonType, isListType, itemOf } from '../types.ts'
import { compare, finite, isList } from '../evaluate/values.ts'
import { type PerItem, many, one, overItems, quick, two } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { anything, number, optional, perItem } from './parameters.ts'

/** Functions on numbers, and those that make one number of a list. */
export const numberFunctions: readonly FunctionDefinition[] = [
  one(
    {
      name: 'number',
      returns: 'Number',
      summary: 'The number that a text spells, such as “-1.5” or “2e3”; null when it spells none.',
      example: "number(' 42 ')",
      gives: 42
    },
    anything('value', ['Text', 'Number']),
    (value) => (typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : null)
  ),
  two(
    {
      name: 'round',
      returns: 'Number',
      summary: 'The nearest number with so many decimals, none when not said. Halves go away from 0.',
      example: 'round(2.345, 2)',
      gives: 2.35
    },
    [number('number'), optional(number('decimals'))],
    (value, decimals = 0, evaluation) => {
      evaluation.spend(20)
      return rounded(value, decimals)
    }
  ),
  quick(
    {
      name: 'floor',
      returns: 'Number',
      summary: 'The whole number at or below a number.',
      example: 'floor(2.7)',
      gives: 2
    },
    number('number'),
    (value) => finite(Math.floor(value))
  ),
  quick(
    {
      name: 'ceil',
      returns: 'Number',
      summary: 'The whole number at or above a number.',
      example: 'ceil(2.1)',
      gives: 3
    },
    number('number'),
    (value) => finite(Math.ceil(value))
  ),
  quick(
    { name: 'abs', returns: 'Number', summary: 'A number without its sign.', example: 'abs(-3)', gives: 3 },
    number('number'),
    (value) => Math.abs(value)
  ),
  extreme('min', 'smallest', 'min(3, 1, 2)', 1, (order) => order < 0),
  extreme('max', 'largest', 'max([3, 1, 2])', 3, (order) => order > 0),
  overItems(
    {
      name: 'sum',
      returns: 'Number',
      summary: 'All numbers of a list, or what is worked out for its items, added up. Nulls are passed over.',
      example: 'sum([{price: 2}, {price: 3}], it.price)',
      gives: 5
    },
    perItem('of', true),
    (items, of) => {
      const found = total(items, of)
      return found ? finite(found.sum) : null
    }
  ),
  overItems(
    {
      name: 'average',
      returns: 'Number',
      summary: 'The mean of the numbers of a list, or of what is worked out for its items. Nulls are passed over.',
      example: 'average([1, 2, 6])',
      gives: 3
    },
    perItem('of', true),
    (items, of) => {
      const found = total(items, of)
      return found && found.count > 0 ? finite(found.sum / found.count) : null
    }
  ),
  two(
    {
      name: 'formatNumber',
      returns: 'Text',
      summary: 'A number for people: thousands set off by commas, and as many decimals as said, none when not said.',
      example: 'formatNumber(1234.5, 2)',
      gives: '1,234.50'
    },
    [number('number'), optional(number('decimals'))],
    (value, decimals = 0, evaluation) => {
      evaluation.spend(30)
      return formatted(value, decimals)
    }
  )
]

const spelling = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function numberIn(text: string): number | null {
  const trimmed = text.length > 1000 ? '' : text.trim()
  return spelling.test(trimmed) ? finite(Number(trimmed)) : null
}

/** Rounds as people do by hand, on the decimal digits: 1.005 to two decimals is 1.01. */
function rounded(value: number, decimals: number): number | null {
  const places = Math.min(15, Math.max(-15, Math.floor(decimals)))
  const size = shifted(Math.abs(value), places)
  if (!Number.isFinite(size)) return value
  return finite(Math.sign(value) * shifted(Math.round(size), -places))
}

/** `value` times ten to the power of `places`, exact where it can be. */
function shifted(value: number, places: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

function formatted(value: number, decimals: number): string {
  const places = Math.min(15, Math.max(0, Math.floor(decimals)))
  const exact = rounded(value, places) ?? value
  if (Math.abs(exact) >= 1e21) return String(exact)
  const [whole = '', fraction] = Math.abs(exact).toFixed(places).split('.')
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
  return `${exact < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Undefined when something other than a number or null is among them. */
function total(items: readonly Value[], of: PerItem): { readonly sum: number; readonly count: number } | undefined {
  let sum = 0
  let count = 0
  for (const [index, item] of items.entries()) {
    const value = of(item, index)
    if (value === null) continue
    if (typeof value !== 'number') return undefined
    sum += value
    count++
  }
  return { sum, count }
}

function extreme(
  name: string,
  word: string,
  example: string,
  gives: Value,
  beats: (order: number) => boolean
): FunctionDefinition {
  return many(
    {
      name,
      returns: ([first, ...rest]) =>
        isListType(first) && rest.length === 0 ? itemOf(first) : commonType([first, ...rest]),
      summary: `The ${word} of several numbers, texts or dates, given one by one or as a list. Nulls in a list are passed over.`,
      example,
      gives
    },
    anything('value', ['Number', 'Text', 'Date', 'List of Any']),
    (values, evaluation) => {
      const [first] = values
      if (values.length === 1 && isList(first)) return bestOf(first, beats, evaluation)
      return values.includes(null) ? null : bestOf(values, beats, evaluation)
    }
  )
}

function bestOf(values: readonly Value[], beats: (order: number) => boolean, evaluation: Evaluation): Value {
  let best: Value = null
  for (const value of values) {
    if (value === null) continue
    const order = compare(value, best ?? value, evaluation)
    if (order === undefined) return null
    if (best === null || beats(order)) best = value
  }
  return best
}
