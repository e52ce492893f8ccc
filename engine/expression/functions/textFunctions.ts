import type { Value } from '../../model/index.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import { limits } from '../limits.ts'
import { countCharacters, placeAfter } from '../evaluate/characters.ts'
import { positionIn, splitText } from '../evaluate/textSearch.ts'
import { asText, same } from '../evaluate/values.ts'
import { one, quick, three, two } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { anything, list, number, optional, text, textOrList } from './parameters.ts'

/** Functions on texts; some of them on lists as well. */
export const textFunctions: readonly FunctionDefinition[] = [
  quick(
    {
      name: 'length',
      returns: 'Number',
      summary: 'How many characters a text has, or how many items a list. An emoji such as 😀 is one character.',
      example: "length('Tailrace')",
      gives: 8
    },
    textOrList('value'),
    (value, evaluation) => {
      if (typeof value !== 'string') return value.length
      evaluation.look(value)
      return countCharacters(value)
    }
  ),
  one(
    {
      name: 'upper',
      returns: 'Text',
      summary: 'The text in capital letters.',
      example: "upper('Ada')",
      gives: 'ADA'
    },
    text('text'),
    (value) => value.toUpperCase()
  ),
  one(
    {
      name: 'lower',
      returns: 'Text',
      summary: 'The text in small letters.',
      example: "lower('Ada')",
      gives: 'ada'
    },
    text('text'),
    (value) => value.toLowerCase()
  ),
  one(
    {
      name: 'trim',
      returns: 'Text',
      summary: 'The text without spaces and line breaks at its beginning and end.',
      example: "trim('  Ada ')",
      gives: 'Ada'
    },
    text('text'),
    (value) => value.trim()
  ),
  two(
    {
      name: 'contains',
      returns: 'Boolean',
      summary: 'Whether a text holds another text, or a list holds an item. Capital and small letters differ.',
      example: "contains('tailrace', 'rail')",
      gives: false
    },
    [textOrList('value'), anything('part')],
    (value, part, evaluation) => {
      const found = positionOf(value, part, evaluation)
      return found === undefined ? null : found >= 0
    }
  ),
  two(
    {
      name: 'startsWith',
      returns: 'Boolean',
      summary: 'Whether a text begins with another one.',
      example: "startsWith('tailrace', 'tail')",
      gives: true
    },
    [text('text'), text('beginning')],
    (value, beginning) => value.startsWith(beginning)
  ),
  two(
    {
      name: 'endsWith',
      returns: 'Boolean',
      summary: 'Whether a text ends with another one.',
      example: "endsWith('list.csv', '.csv')",
      gives: true
    },
    [text('text'), text('end')],
    (value, end) => value.endsWith(end)
  ),
  two(
    {
      name: 'indexOf',
      returns: 'Number',
      summary: 'Where a text or an item stands first, counted from 0; null when it is not there.',
      example: "indexOf('tailrace', 'r')",
      gives: 4
    },
    [textOrList('value'), anything('part')],
    (value, part, evaluation) => {
      const found = positionOf(value, part, evaluation) ?? -1
      return found < 0 ? null : found
    }
  ),
  three(
    {
      name: 'substring',
      returns: 'Text',
      summary: 'Part of a text, from a position counted from 0; up to the end, or as long as said.',
      example: "substring('tailrace', 4, 2)",
      gives: 'ra'
    },
    [text('text'), number('from'), optional(number('length'))],
    (value, from, length = value.length) => {
      const start = placeAfter(value, Math.max(0, Math.floor(from)))
      return value.slice(start, placeAfter(value, Math.max(0, Math.floor(length)), start))
    }
  ),
  three(
    {
      name: 'replace',
      returns: 'Text',
      summary: 'The text with every occurrence of one text replaced by another.',
      example: "replace('a-b-c', '-', '+')",
      gives: 'a+b+c'
    },
    [text('text'), text('find'), text('with')],
    (value, find, instead, evaluation) => {
      if (find === '') return value
      const parts = splitText(value, find, evaluation)
      evaluation.mayMakeText(value.length + (parts.length - 1) * (instead.length - find.length))
      return parts.join(instead)
    }
  ),
  two(
    {
      name: 'split',
      returns: 'List of Text',
      summary: 'The parts of a text between separators. An empty separator gives the single characters.',
      example: "split('a, b, c', ', ')",
      gives: ['a', 'b', 'c']
    },
    [text('text'), text('separator')],
    (value, separator, evaluation) => {
      if (separator !== '') return splitText(value, separator, evaluation)
      evaluation.mayMakeList(value.length)
      return [...value]
    }
  ),
  one(
    {
      name: 'lines',
      returns: 'List of Text',
      summary: 'The lines of a text. A line break at the very end begins no further line.',
      example: "lines('one\\ntwo\\n')",
      gives: ['one', 'two']
    },
    text('text'),
    (value, evaluation) => {
      const all = splitText(value.replaceAll(/\r\n?/g, '\n'), '\n', evaluation)
      return all.at(-1) === '' ? all.slice(0, -1) : all
    }
  ),
  two(
    {
      name: 'join',
      returns: 'Text',
      summary: 'All items of a list as one text, with a separator between them: “, ” when none is given.',
      example: "join(['a', 'b', 3], ' and ')",
      gives: 'a and b and 3'
    },
    [list('list'), optional(text('separator'))],
    (items, separator = ', ', evaluation) => {
      let length = separator.length * Math.max(0, items.length - 1)
      evaluation.mayMakeText(length)
      const texts = items.map((item) => {
        const part = asText(item, evaluation)
        length += part.length
        evaluation.mayMakeText(length > limits.text ? length : part.length)
        return part
      })
      return texts.join(separator)
    }
  ),
  two(
    {
      name: 'repeat',
      returns: 'Text',
      summary: 'A text several times in a row.',
      example: "repeat('ab', 3)",
      gives: 'ababab'
    },
    [text('text'), number('times')],
    (value, times, evaluation) => {
      const count = Math.max(0, Math.floor(times))
      if (value === '') return ''
      evaluation.mayMakeText(value.length * count)
      return value.repeat(count)
    }
  ),
  padding('padLeft', 'beginning', "padLeft('7', 3, '0')", '007', (value, padding) => padding + value),
  padding('padRight', 'end', "padRight('7', 3, '.')", '7..', (value, padding) => value + padding),
  one(
    {
      name: 'text',
      returns: 'Text',
      summary: 'Any value as a text: numbers, dates (ISO 8601) and lists as Merge Text writes them.',
      example: 'text(1.5)',
      gives: '1.5'
    },
    anything('value'),
    (value, evaluation) => (value === null ? null : asText(value, evaluation))
  )
]

function padding(
  name: string,
  side: string,
  example: string,
  gives: Value,
  put: (value: string, padding: string) => string
): FunctionDefinition {
  return three(
    {
      name,
      returns: 'Text',
      summary: `The text made as long as said by filling up at its ${side}, with spaces when nothing else is given.`,
      example,
      gives
    },
    [text('text'), number('length'), optional(text('fill'))],
    (value, length, fill = ' ', evaluation) => {
      const missing = Math.floor(length) - countCharacters(value)
      if (fill === '' || missing <= 0) return value
      evaluation.mayMakeText(value.length + missing)
      const width = countCharacters(fill)
      const rest = fill.slice(0, placeAfter(fill, missing % width))
      return put(value, fill.repeat(Math.floor(missing / width)) + rest)
    }
  )
}

/** At which character `part` stands first, or item; -1 when nowhere; undefined when it cannot stand there: a number in a text. */
function positionOf(value: string | readonly Value[], part: Value, evaluation: Evaluation): number | undefined {
  if (typeof value === 'string') {
    if (typeof part !== 'string') return undefined
    const place = positionIn(value, part)
    return place < 0 ? place : countCharacters(value, place)
  }
  return value.findIndex((item) => same(item, part, evaluation))
}
