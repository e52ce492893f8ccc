import { expect, test } from 'vitest'
import { exampleRun } from './exampleRun.ts'
import { countStates, foldLanes } from './foldLanes.ts'
import { lanesOf } from './lanes.ts'

const [main] = lanesOf(exampleRun({ tried: 1 }))
const lanes = (count: number) => Array.from({ length: count }, (_, thread) => ({ ...main!, thread }))

test('twelve lanes have a row each', () => {
  expect(foldLanes(lanes(12))).toMatchObject({ lanes: { length: 12 }, folded: [] })
})

test('of more, those after the eleventh share one row', () => {
  const { lanes: own, folded } = foldLanes(lanes(30))
  expect(own).toHaveLength(11)
  expect(folded.map(({ thread }) => thread)).toEqual(Array.from({ length: 19 }, (_, index) => index + 11))
})

test('branches give way to others, and those that have ended to those that have not', () => {
  const [first, ...rest] = lanes(30)
  const ended = rest.map(({ to: _, ...lane }, index) => ({ ...lane, branch: true, ...(index < 20 && { to: 5 }) }))
  const { lanes: own } = foldLanes([first!, ...ended])
  expect(own.map(({ thread }) => thread)).toEqual([0, 1, 21, 22, 23, 24, 25, 26, 27, 28, 29])
})

test('a folded row counts how its threads stand', () => {
  const [a, b, c] = lanes(3)
  expect(
    countStates([
      { ...a!, state: 'running' },
      { ...b!, state: 'running' },
      { ...c!, state: 'cancelled' }
    ])
  ).toBe('2 running · 1 stopped')
})
