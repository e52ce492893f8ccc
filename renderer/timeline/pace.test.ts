import { expect, test } from 'vitest'
import { exampleRun } from './exampleRun.ts'
import { formatPace, indexAt, paceOf, settleEstimate } from './pace.ts'

const sending = (tried: number) => {
  const run = exampleRun({ tried })
  return { run, visit: run.visits.at(-1)! }
}

test('the pace is that of the last ten seconds', () => {
  const { run, visit } = sending(431)
  expect(paceOf(visit, run.at)).toBeCloseTo(4, 0)
  expect(paceOf(visit, run.at + 60_000)).toBeUndefined()
})

test('a pace is told in few figures', () => {
  expect([0.5, 1.25, 4.04, 12.3, 214.7].map(formatPace)).toEqual(['0.5/s', '1.3/s', '4/s', '12/s', '215/s'])
})

test('the run settles when the mails that are left are sent at that pace', () => {
  const { run } = sending(431)
  const estimate = settleEstimate(run, run.at)!
  expect(estimate).toBeGreaterThan(run.at + 180_000)
  expect(estimate).toBeLessThan(run.at + 200_000)
})

test('nothing is estimated from a handful of mails, or once it is over', () => {
  expect(settleEstimate(sending(2).run, 600)).toBeUndefined()
  const { run } = sending(1200)
  expect(settleEstimate(run, run.at)).toBeUndefined()
})

test('the first item at or after a time is found', () => {
  const items = [{ at: 1 }, { at: 3 }, { at: 3 }, { at: 7 }]
  expect([0, 1, 2, 3, 4, 8].map((time) => indexAt(items, time))).toEqual([0, 0, 1, 1, 3, 4])
})
