import { expect, test } from 'vitest'
import { convert } from './convert.ts'
import { typeFits, typeInside } from './typeFit.ts'
import type { Value } from './value.ts'
import { type ValueType, itemTypes } from './valueType.ts'

/** One value of each type. */
const examples: Readonly<Record<string, Value>> = {
  Text: 'a@example.com',
  Number: 7,
  Boolean: true,
  Date: { $type: 'Date', iso: '2026-01-02T03:04:05.678Z' },
  File: { $type: 'File', from: 'documents', path: 'a.txt', name: 'a.txt', size: 1 },
  Email: { address: 'a@example.com' },
  Record: { address: 'a@example.com' },
  Template: { $type: 'Template', format: 'text', parts: [] }
}
const types = itemTypes.filter((type) => type !== 'Any' && type !== 'Template')
const all: ValueType[] = types.flatMap((type): ValueType[] => [type, `List of ${type}`])

test.each(all)('%s fits exactly where a run could convert it', (from) => {
  const item = examples[from.replace('List of ', '')]!
  const value = from.startsWith('List of ') ? [item] : item
  for (const to of all) expect([to, typeFits(from, to)]).toEqual([to, convert(value, to) !== undefined])
})

test('Any fits everywhere, and everything fits Any', () => {
  for (const type of all) expect([typeFits('Any', type), typeFits(type, 'Any')]).toEqual([true, true])
  expect(typeFits('List of Any', 'Text')).toBe(false)
})

test('a text fits a template, other things have to be merged into one', () => {
  expect(all.filter((type) => typeFits(type, 'Template'))).toEqual(['Text'])
})

test('what stands inside a value has a type, or is not there', () => {
  expect(typeInside('File', ['name'])).toBe('Text')
  expect(typeInside('File', ['size'])).toBe('Number')
  expect(typeInside('List of Email', ['0', 'address'])).toBe('Text')
  expect(typeInside('List of Email', ['0', 'First Name'])).toBe('Any')
  expect(typeInside('Record', ['message', 'deep'])).toBe('Any')
  expect(typeInside('Date', ['iso'])).toBe('Text')
  expect(typeInside('Text', [])).toBe('Text')
  for (const [type, name] of [
    ['Text', 'length'],
    ['File', 'owner'],
    ['List of Email', 'address'],
    ['Number', '0']
  ] as const)
    expect(typeInside(type, [name])).toBeUndefined()
})
