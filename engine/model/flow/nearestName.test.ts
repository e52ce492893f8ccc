import { expect, test } from 'vitest'
import { nearestName } from './nearestName.ts'

test.each([
  ['Adresses', 'Addresses'],
  ['addresses', 'Addresses'],
  ['Conut', 'Count'],
  ['Invalids', 'Invalid'],
  ['Total', undefined],
  ['', undefined]
])('%j is near %j', (name, near) => {
  expect(nearestName(name, ['Addresses', 'Count', 'Document', 'Invalid'])).toBe(near)
})

test('the nearest of several is taken, the first of equals', () => {
  expect(nearestName('step-12', ['step-1', 'step-2', 'step-12x', 'step-13'])).toBe('step-1')
  expect(nearestName('step-12', ['step-999', 'step-12'])).toBe('step-12')
})
