import { expect, test } from 'vitest'
import type { FlowInput, Value, ValueType } from '../../engine/index.ts'
import { textOf, valueOf } from './inputText.ts'

const input = (type: ValueType, required = false): FlowInput => ({ name: 'X', type, required })

test.each<[ValueType, string, Value]>([
  ['Text', 'Hello', 'Hello'],
  ['Number', ' 4.5 ', 4.5],
  ['Boolean', 'true', true],
  ['Email', ' a@example.com ', { address: 'a@example.com' }],
  ['List of Text', 'a\n\n b ', ['a', 'b']],
  ['List of Number', '1\n2', [1, 2]],
  ['List of Email', 'a@example.com\nb@example.com', [{ address: 'a@example.com' }, { address: 'b@example.com' }]],
  ['Record', '{"a": [1, null]}', { a: [1, null] }],
  ['Any', '12', 12],
  ['Any', 'true', true],
  ['Any', '12 apples', '12 apples'],
  ['Any', '"12"', '12'],
  ['Any', '[1, 2', '[1, 2'],
  ['Date', '2026-03-01T09:00:00Z', { $type: 'Date', iso: '2026-03-01T09:00:00.000Z' }]
])('a %s is read from %j', (type, text, value) => {
  expect(valueOf(text, input(type))).toEqual({ value })
})

test.each<[ValueType, string, string]>([
  ['Number', 'many', '“X” must be a number, not “many”.'],
  ['List of Number', '1\ntwo', 'Each line of “X” must be a number: “two” is none.'],
  ['Record', '{a', '“X” must be written as JSON, such as {"a": 1}.'],
  ['List of Record', '{}', '“X” must be a list: [ ... ].'],
  ['Date', 'soon', '“X” must be a date and a time, such as 2026-03-01 09:00.']
])('a %s written as %j is refused with a sentence', (type, text, problem) => {
  expect(valueOf(text, input(type))).toEqual({ problem })
})

test('nothing typed is null, unless a value is required', () => {
  expect(valueOf('', input('List of Text'))).toEqual({ value: null })
  expect(valueOf(' ', input('Number', true))).toEqual({ problem: '“X” is required: enter a value.' })
})

test('a value comes back as the text it is written with', () => {
  expect(textOf([{ address: 'a@example.com' }], 'List of Email')).toBe('a@example.com')
  expect(textOf({ a: 1 }, 'Record')).toBe('{\n  "a": 1\n}')
  expect(textOf(3, 'Number')).toBe('3')
  expect(['12', 12, 'twelve', [1]].map((value) => textOf(value, 'Any'))).toEqual(['"12"', '12', 'twelve', '[\n 1\n]'])
  expect(textOf(undefined, 'Text')).toBe('')
})
