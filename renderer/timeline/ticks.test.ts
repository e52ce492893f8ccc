import { expect, test } from 'vitest'
import { ticksOf } from './ticks.ts'

const labels = (from: number, to: number, width: number) =>
  ticksOf({ from, to, x: 0, width }).flatMap((tick) => tick.label ?? [])

test('milliseconds are labelled as such', () => {
  expect(labels(0, 20, 360)).toEqual(['0', '4 ms', '8 ms', '12 ms', '16 ms', '20 ms'])
})

test('minutes are labelled as on a stopwatch', () => {
  expect(labels(0, 140_000, 840)).toEqual(['0:00', '0:20', '0:40', '1:00', '1:20', '1:40', '2:00', '2:20'])
})

test('a close look at a long run shows parts of a second', () => {
  expect(labels(60_000, 61_000, 400)).toEqual(['1:00.0', '1:00.2', '1:00.4', '1:00.6', '1:00.8', '1:01.0'])
})

test('short lines divide the steps between the long ones', () => {
  const ticks = ticksOf({ from: 0, to: 20, x: 0, width: 360 })
  expect(ticks).toHaveLength(21)
  expect(ticks[1]).toEqual({ x: 18 })
})

test('an empty piece has no lines', () => {
  expect(ticksOf({ from: 0, to: 0, x: 0, width: 360 })).toEqual([])
})
