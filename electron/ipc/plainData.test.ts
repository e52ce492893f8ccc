import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isPlainData } from './plainData.ts'
import { holds } from '../../engine/testing/property/holds.ts'

it('takes whatever JSON can say', () => {
  return holds(
    'plain data',
    fc.property(
      fc.jsonValue({ maxDepth: 5 }).filter((value) => !JSON.stringify(value).includes('__proto__')),
      (value) => {
        expect(isPlainData(value)).toBe(true)
      }
    ),
    { runs: 5_000 }
  )
})

it('refuses what only a clone between processes can carry', () => {
  const ring: unknown[] = []
  ring.push(ring)
  for (const value of [
    new Date(),
    new Map(),
    new Uint8Array(4),
    NaN,
    Infinity,
    1n,
    ring,
    [new Set()],
    { a: new Error() }
  ])
    expect(isPlainData(value)).toBe(false)
})

it('refuses a field named __proto__', () => {
  expect(isPlainData(JSON.parse('{"a":{"__proto__":{"b":1}}}'))).toBe(false)
})

it('refuses what is too heavy or too deep', () => {
  expect(isPlainData('x'.repeat(90), 100)).toBe(true)
  expect(isPlainData('x'.repeat(110), 100)).toBe(false)
  expect(isPlainData(Array(30).fill(0), 100)).toBe(false)
  let deep: unknown = 0
  for (let i = 0; i < 200; i++) deep = [deep]
  expect(isPlainData(deep)).toBe(false)
})
