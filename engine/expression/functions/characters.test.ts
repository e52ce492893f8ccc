import { type Arbitrary, array, constantFrom, integer, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Value, isRecord, textOf } from '../../model/index.ts'
import { evaluateText } from '../../testing/expressions.ts'
import type { AnyParameter } from './functionDefinition.ts'
import { argumentCounts, functionTable, parameterAt } from './functionTable.ts'
import { holds } from '../../testing/property/holds.ts'

/** Texts without half characters: letters, emoji, signs made of several characters, anything. */
const wellFormed = oneof(
  array(constantFrom('a', 'b', ' ', ',', '😀', '👩‍👩‍👧', '🇨🇭', 'é', 'e\u0301', 'ß', 'İ', '\r\n', '𝒳'), {
    maxLength: 8
  }).map((all) => all.join('')),
  string({ unit: 'grapheme', maxLength: 8 }),
  string({ unit: 'binary', maxLength: 8 })
)
const anyText = oneof(
  wellFormed,
  array(constantFrom('\ud83d', '\ude00', 'a', '😀'), { maxLength: 6 }).map((all) => all.join(''))
)
const count = integer({ min: -2, max: 14 })

const hasHalf = (value: Value): boolean =>
  typeof value === 'string'
    ? /\p{Surrogate}/u.test(value)
    : Array.isArray(value)
      ? (value as readonly Value[]).some(hasHalf)
      : isRecord(value) && Object.entries(value).some(([name, field]) => hasHalf(name) || hasHalf(field))

function argumentFor({ types, choices, perItem }: AnyParameter): Arbitrary<Value> {
  if (choices) return constantFrom(...choices)
  if (perItem) return constantFrom('it', "it & '😀'")
  const of: Partial<Record<string, Arbitrary<Value>>> = {
    Number: count,
    Date: constantFrom({ $type: 'Date', iso: '2024-03-05T12:00:00.000Z' }),
    Boolean: constantFrom(true, false),
    Record: wellFormed.map((text) => ({ [text]: text })),
    'List of Any': array(wellFormed, { maxLength: 4 })
  }
  return oneof(...types.map((type) => of[type] ?? wellFormed))
}

describe('from texts without half characters', () => {
  it.each([...functionTable.values()].filter(({ parameters }) => parameters.length > 0))(
    '$name makes none',
    (called) => {
      const { least, most } = argumentCounts(called)
      const counts = integer({ min: least, max: Math.min(most, least + 2) })
      const given = tuple(
        ...Array.from({ length: Math.min(most, least + 2) }, (_, at) => argumentFor(parameterAt(called, at)!))
      )
      return holds(
        `characters in ${called.name}`,
        property(given, counts, (values, howMany) => {
          const args = values.slice(0, howMany)
          const written = args.map((value, at) => (parameterAt(called, at)?.perItem ? textOf(value) : `flow.a${at}`))
          const flow = Object.fromEntries(args.map((value, at) => [`a${at}`, value]))
          expect(hasHalf(evaluateText(`${called.name}(${written.join(', ')})`, { flow }))).toBe(false)
        }),
        { runs: 200 }
      )
    }
  )
})

describe('whatever a text holds, the functions agree on what a character is', () => {
  const always = (source: string): Promise<void> => {
    return holds(
      `characters: ${source}`,
      property(anyText, anyText, count, count, (a, b, m, n) => {
        expect(evaluateText(source, { flow: { a, b, m: Math.max(0, m), n: Math.max(0, n) } })).toBe(true)
      }),
      { runs: 1000 }
    )
  }

  it('length counts what split takes apart', () => {
    return always("length(flow.a) = length(split(flow.a, ''))")
  })

  it('substring cuts a text into parts that make it up again', async () => {
    await always('substring(flow.a, 0, flow.m) & substring(flow.a, flow.m) = flow.a')
    await always('length(substring(flow.a, flow.m, flow.n)) = max(0, min(flow.n, length(flow.a) - flow.m))')
  })

  it('indexOf says where substring finds it', () => {
    return holds(
      'characters: indexOf',
      property(wellFormed, wellFormed, (before, b) => {
        const flow = { a: `${before}${b}x`, b }
        expect(evaluateText('substring(flow.a, indexOf(flow.a, flow.b), length(flow.b))', { flow })).toBe(b)
      }),
      { runs: 1000 }
    )
  })

  it('padLeft and padRight make a text as long as length counts', () => {
    return holds(
      'characters: padding',
      property(
        wellFormed,
        wellFormed.filter((text) => text !== ''),
        count,
        (a, b, n) => {
          const flow = { a, b, n }
          for (const [name, keeps] of [
            ['padLeft', 'endsWith'],
            ['padRight', 'startsWith']
          ] as const) {
            const padded = `${name}(flow.a, flow.n, flow.b)`
            expect(
              evaluateText(`length(${padded}) = max(flow.n, length(flow.a)) and ${keeps}(${padded}, flow.a)`, { flow })
            ).toBe(true)
          }
        }
      ),
      { runs: 1000 }
    )
  })
})

it('takes an emoji as one character', () => {
  expect(evaluateText("substring('a😀bc', 1, 1)")).toBe('😀')
  expect(evaluateText("indexOf('a😀bc', 'b')")).toBe(2)
  expect(evaluateText("padLeft('😀', 3, '🌊~')")).toBe('🌊~😀')
  expect(evaluateText("length('e\\u0301')")).toBe(2)
})
