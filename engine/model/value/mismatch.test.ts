import { array, constantFrom, property } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { convert } from './convert.ts'
import { describeMismatch } from './mismatch.ts'
import type { Value } from './value.ts'
import { type ValueType, itemTypes } from './valueType.ts'
import { holds } from '../../testing/property/holds.ts'

const date = (iso: string): Value => ({ $type: 'Date', iso })
const file: Value = { $type: 'File', path: 'a.txt', name: 'a.txt', size: 1 }

/** Values of every kind, right and wrong ones. */
const values: readonly Value[] = [
  ...['', 'x', '12', 'true', '2026-03-05', 'nonsense', 'a@example.com', `${'x'.repeat(38)}😀 and more`],
  ...[0, 12.5, true, date('2026-03-05T00:00:00.000Z'), date('x'), { address: 'a@example.com' }, { address: 1 }, file],
  ...[{ a: 1 }, [], [1, 'x'], { $type: 'Template', format: 'text', parts: [] }]
]
const types = itemTypes.flatMap((type): ValueType[] => [type, `List of ${type}`])

test.each<[ValueType, Value, string]>([
  ['Number', 'x', 'the text “x”: write it as 12 or 12.5'],
  ['Number', '12', 'the text “12”: give it without quotes, or make it one in an Expression, as in number(flow.Text)'],
  ['Boolean', 'yes', 'the text “yes”: write it as true or false'],
  ['Date', '5 March', 'the text “5 March”: write it as 2026-03-05 or 2026-03-05T09:00:00Z'],
  ['Date', date('x'), 'a Date that names no moment, “x”'],
  ['Email', 'nonsense', 'the text “nonsense”, which is no e-mail address: it has no @'],
  ['Email', { name: 'Ann' }, 'a Record without a text in its field “address”'],
  ['List of Email', 'a@example.com; b@example', 'a list of 2 whose item 2 is the text “b@example”, which is no e-mail address: the domain “example” has no dot'], // prettier-ignore
  ['List of Number', [1, 'x'], 'a list of 2 whose item 2 is the text “x”: write it as 12 or 12.5'],
  ['List of Record', [{ a: 1 }, [1, 2]], 'a list of 2 whose item 2 is a list of 2'],
  ['List of Boolean', 1, 'the number 1'],
  ['Text', { a: 1 }, 'a Record'],
  ['Text', file, 'a File'],
  ['Record', true, 'true']
])('for %s, %j is %s', (type, value, words) => {
  expect(convert(value, type)).toBeUndefined()
  expect(describeMismatch(value, type)).toBe(words)
})

describe('whatever does not fit', () => {
  it.each(types)('into %s is named: in a list by its number, and never halved', (type) => {
    return holds(
      `what does not fit into ${type}`,
      property(array(constantFrom(...values), { maxLength: 5 }), (items) => {
        const wrong = items.findIndex((one) => convert(one, type.replace('List of ', '') as ValueType) === undefined)
        if (convert(items, type) !== undefined) {
          expect(wrong).toBe(-1)
          return
        }
        const words = describeMismatch(items, type)
        expect(words).not.toMatch(/\p{Surrogate}/u)
        const first = type.startsWith('List of ') ? ` whose item ${wrong + 1} is ` : ''
        expect(words.startsWith(`a list of ${items.length}${first}`)).toBe(true)
      })
    )
  })

  it('is told how to write it in a way that is taken', () => {
    for (const text of ['2026-03-05', '2026-03-05T09:00:00Z', ' 2026-03-05T10:00+01:00'])
      expect(convert(text, 'Date')).toMatchObject({
        $type: 'Date',
        iso: expect.stringMatching(/^2026-03-05T0\d:00:00\.000Z$/)
      })
    for (const [type, written] of [
      ['Number', '12'],
      ['Number', '12.5'],
      ['Boolean', 'true'],
      ['Boolean', 'false']
    ] as const) {
      expect(describeMismatch('x', type)).toContain(written)
      expect(convert(JSON.parse(written) as Value, type)).toBeDefined()
    }
  })
})

it('writes all dates in one way', () => {
  expect(convert(date('2026-03-05'), 'Date')).toEqual(date('2026-03-05T00:00:00.000Z'))
  const written = date('2026-03-05T00:00:00.000Z')
  expect(convert(written, 'Date')).toBe(written)
  expect(convert(date('2026-02-30'), 'Date')).toBeUndefined()
})
