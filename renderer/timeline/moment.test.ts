import { expect, test } from 'vitest'
import { formatClock, formatMoment } from './moment.ts'

test.each([
  [9.2, '9.2 ms'],
  [12, '12 ms'],
  [999.7, '0:01.0'],
  [59_960, '1:00.0'],
  [107_240, '1:47.2'],
  [3_723_000, '1:02:03.0']
])('the moment %d is read %s', (at, text) => {
  expect(formatMoment(at)).toBe(text)
})

test('a clock without decimals has two figures for seconds', () => {
  expect(formatClock(20_000)).toBe('0:20')
  expect(formatClock(3_605_000)).toBe('1:00:05')
})
