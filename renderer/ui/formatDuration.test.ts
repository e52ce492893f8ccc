import { expect, test } from 'vitest'
import { formatCount } from './formatCount.ts'
import { formatDuration } from './formatDuration.ts'

test.each([
  [0, '0 ms'],
  [0.42, '0.4 ms'],
  [9.2, '9.2 ms'],
  [9.96, '10 ms'],
  [118.4, '118 ms'],
  [999.6, '1 s'],
  [3_100, '3.1 s'],
  [9_960, '10 s'],
  [59_600, '1 min'],
  [298_000, '4 min 58 s'],
  [7_500_000, '2 h 5 min'],
  [7_200_000, '2 h']
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('counts have their thousands apart', () => {
  expect([0, 431, 1_200, 1_000_000].map(formatCount)).toEqual(['0', '431', '1,200', '1,000,000'])
})
