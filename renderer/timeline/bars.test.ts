import { describe, expect, test } from 'vitest'
import { drawBars, textRoom } from './bars.ts'
import { exampleRun } from './exampleRun.ts'
import { type Bar, type LaneState, lanesOf } from './lanes.ts'
import { makeScale } from './scale.ts'

const broken = makeScale({ head: { from: 0, to: 20 }, rest: { from: 0, to: 140_000 } }, 1224)
const plain = makeScale({ rest: { from: 0, to: 1000 } }, 1000)
const [visit] = exampleRun({ tried: 1 }).visits

const bar = (from: number, to: number, state: LaneState = 'done'): Bar => ({
  visit: visit!,
  name: 'Log 1',
  type: 'log',
  from,
  to,
  state,
  depth: 0
})

describe('the bars of the example', () => {
  const [main, behind] = lanesOf(exampleRun({ tried: 431 }))

  test('stand where their times are, small ones 6 pixels wide', () => {
    expect(drawBars(main!.bars, broken, 107_200).map(({ x, width }) => [Math.round(x), Math.round(width)])).toEqual([
      [0, 7],
      [9, 165],
      [177, 38]
    ])
  })

  test('that still run end now', () => {
    const [sending] = drawBars(behind!.bars, broken, 107_200)
    expect(sending!.x + sending!.width).toBeCloseTo(384 + 107.2 * 6, 6)
  })

  test('have their text on the wider side of the break', () => {
    const [sending] = drawBars(behind!.bars, broken, 107_200)
    expect(textRoom(sending!, broken).x).toBe(384)
    const [early] = drawBars(behind!.bars, broken, 5000)
    expect(textRoom(early!, broken).x).toBe(early!.x)
  })
})

test('small neighbours become one bar that stands as badly as the worst of them', () => {
  const bars = [bar(0, 1), bar(1, 2, 'failed'), bar(2, 3), bar(500, 501)]
  const drawn = drawBars(bars, plain, 1000)
  expect(drawn.map(({ bars }) => bars.length)).toEqual([3, 1])
  expect(drawn[0]!.state).toBe('failed')
})

test('a bar is pushed aside by a small one before it, never over it', () => {
  const [first, second] = drawBars([bar(0, 1), bar(2, 300)], plain, 1000)
  expect(second!.x).toBe(first!.x + first!.width + 2)
  expect(second!.x + second!.width).toBe(300)
})

test('bars out of view are left out', () => {
  const close = makeScale({ rest: { from: 400, to: 500 } }, 1000)
  expect(drawBars([bar(0, 10), bar(420, 430), bar(900, 950)], close, 1000)).toHaveLength(1)
})

test('thousands of visits become few bars', () => {
  const bars = Array.from({ length: 10_000 }, (_, index) => bar(index * 0.1, index * 0.1 + 0.05))
  const drawn = drawBars(bars, plain, 1000)
  expect(drawn.length).toBeLessThan(200)
  expect(drawn.reduce((sum, { bars }) => sum + bars.length, 0)).toBe(10_000)
})
