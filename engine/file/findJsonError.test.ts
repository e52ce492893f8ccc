import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findJsonError } from './findJsonError.ts'
import { holds } from '../testing/property/holds.ts'

test.each([
  ['', 0, 'a value'],
  ['{', 1, 'a name in double quotes or “}”'],
  ['{"a"', 4, '“:”'],
  ['{"a":', 5, 'a value'],
  ['{"a":1', 6, '“,” or “}”'],
  ['{"a":1,', 7, 'a name in double quotes'],
  ['{"a":1,}', 7, 'a name in double quotes'],
  ['[', 1, 'a value or “]”'],
  ['[1,]', 3, 'a value'],
  ['[1 2]', 3, '“,” or “]”'],
  ['[1}', 2, '“,” or “]”'],
  ['{"a":tru}', 5, 'true, false or null'],
  ['"a\nb"', 2, 'a double quote at the end of the text'],
  ['"a\\x"', 3, 'one of " \\ / b f n r t u after the backslash'],
  ['"\\u12g4"', 2, 'four hexadecimal digits after \\u'],
  ['-a', 1, 'a digit'],
  ['01', 1, 'nothing more'],
  ['{} {}', 3, 'nothing more'],
  ["{'a': 1}", 1, 'a name in double quotes or “}”']
])('%j goes wrong at %i: expected %s', (text, offset, expected) => {
  expect(findJsonError(text)).toEqual({ offset, expected })
})

test('finds nothing in what JSON.parse takes, and something in what it refuses', () => {
  const texts = fc.oneof(
    fc.json(),
    fc.json().chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
    fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '0', '.', 'e', '-', ' ', 't')
      )
      .map(([text, at, char]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + char + text.slice(place)
      })
  )
  return holds(
    'JSON errors',
    fc.property(texts, (text) => {
      let good = true
      try {
        JSON.parse(text)
      } catch {
        good = false
      }
      expect(findJsonError(text) === undefined).toBe(good)
    }),
    { runs: 2_000 }
  )
})

test('no nesting is too deep for it', () => {
  expect(findJsonError('['.repeat(1_000_000))).toEqual({ offset: 1_000_000, expected: 'a value or “]”' })
})
