import { expect, test } from 'vitest'
import { isoTime } from './isoTime.ts'

test('a wall time is written as Date writes it', () => {
  const times = [0, 1, 59_999, 60_000, 1_732_475_657_007, 1_732_475_657_007.9, -1, 8.64e15]
  for (const time of times) expect(isoTime(time)).toBe(new Date(Math.floor(time)).toISOString())
})
