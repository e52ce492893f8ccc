import { expect, test } from 'vitest'
import { exampleRun } from './exampleRun.ts'
import { countItems, failureMarks } from './marks.ts'
import { makeScale } from './scale.ts'

const broken = makeScale({ head: { from: 0, to: 20 }, rest: { from: 0, to: 140_000 } }, 1224)

test('mails are counted by the second where a second is six pixels', () => {
  const [head, rest] = countItems(exampleRun({ tried: 431 }).visits, broken)
  expect(rest!.step).toBe(1000)
  expect(rest!.counts[1]).toEqual({ x: 390, done: 4, failed: 0, heights: [12, 0] })
  expect(head!.counts).toHaveLength(1)
})

test('no mail is counted twice or lost', () => {
  const counted = countItems(exampleRun({ tried: 431, refused: [7, 9] }).visits, broken).flatMap(
    (piece) => piece.counts
  )
  expect(counted.reduce((sum, { done }) => sum + done, 0)).toBe(429)
  expect(counted.reduce((sum, { failed }) => sum + failed, 0)).toBe(2)
})

test('many mails a second stay inside the lane', () => {
  const run = exampleRun({ tried: 1199, mailAt: (index) => 100 + index * 5 })
  const counts = countItems(run.visits, makeScale({ rest: { from: 0, to: 6000 } }, 1000))[0]!.counts
  expect(Math.max(...counts.map(({ heights }) => heights[0]))).toBe(18)
})

test('a refused recipient has a mark of its own', () => {
  const [mark, ...others] = failureMarks(exampleRun({ tried: 431, refused: [429] }).visits, broken)
  expect(others).toEqual([])
  expect(mark!.item).toMatchObject({ index: 429, detail: '550 no such user' })
  expect(mark!.x).toBeCloseTo(384 + (16 + 429 * 250) * 0.006, 6)
})

test('more than 200 refused ones are only counted', () => {
  const refused = Array.from({ length: 201 }, (_, index) => index)
  expect(failureMarks(exampleRun({ tried: 431, refused }).visits, broken)).toEqual([])
  expect(failureMarks(exampleRun({ tried: 431, refused: refused.slice(1) }).visits, broken)).toHaveLength(200)
})
