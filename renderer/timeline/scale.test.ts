import { describe, expect, test } from 'vitest'
import {
  breakAt,
  headRange,
  keepInside,
  makeScale,
  needsBreak,
  niceStep,
  panView,
  timeAt,
  type View,
  wholeRange,
  xOf,
  zoomView
} from './scale.ts'

const broken: View = { head: { from: 0, to: 20 }, rest: { from: 0, to: 140_000 } }
const limits = { head: 20, end: 300_000 }

describe('a scale', () => {
  test('in one piece is linear', () => {
    const scale = makeScale({ rest: { from: 0, to: 100 } }, 1000)
    expect(xOf(scale, 0)).toBe(0)
    expect(xOf(scale, 12)).toBe(120)
    expect(timeAt(scale, 120)).toBe(12)
    expect(breakAt(scale)).toBeUndefined()
  })

  test('in two pieces shows milliseconds and minutes side by side', () => {
    const scale = makeScale(broken, 1224)
    expect(xOf(scale, 12)).toBe(216)
    expect(breakAt(scale)).toBe(360)
    expect(xOf(scale, 60_000)).toBe(384 + 60 * 6)
  })

  test.each([0, 3, 12, 19.9, 500, 60_000, 139_000])('gives back %d from where it stands', (time) => {
    const scale = makeScale(broken, 1224)
    expect(timeAt(scale, xOf(scale, time))).toBeCloseTo(time, 6)
  })

  test('puts what neither piece shows into the break', () => {
    const scale = makeScale({ ...broken, rest: { from: 60_000, to: 80_000 } }, 1224)
    expect(xOf(scale, 30_000)).toBe(372)
  })

  test('keeps far away times a little outside', () => {
    const scale = makeScale({ rest: { from: 1000, to: 1001 } }, 1000)
    expect(xOf(scale, 0)).toBe(-60)
    expect(xOf(scale, 1e9)).toBe(1060)
  })
})

describe('zooming', () => {
  test('keeps the time under the pointer where it is', () => {
    const scale = makeScale(broken, 1224)
    const closer = zoomView(broken, scale, 744, 2, limits)
    expect(xOf(makeScale(closer, 1224), 60_000)).toBeCloseTo(744, 6)
    expect(closer.rest.to - closer.rest.from).toBe(70_000)
    expect(closer.head).toEqual(broken.head)
  })

  test('in the head leaves the rest alone and can be undone', () => {
    const scale = makeScale(broken, 1224)
    const closer = zoomView(broken, scale, 216, 4, limits)
    expect(closer.rest).toEqual(broken.rest)
    expect(closer.head?.to).toBeLessThan(20)
    expect(zoomView(closer, makeScale(closer, 1224), 216, 0.01, limits).head).toEqual(broken.head)
  })

  test('out ends at the whole run', () => {
    const out = zoomView(broken, makeScale(broken, 1224), 800, 0.001, limits)
    expect(out.rest).toEqual({ from: 0, to: 300_000 })
  })
})

test('moving stops at both ends', () => {
  const scale = makeScale(broken, 1224)
  expect(panView(broken, scale, 800, -500, limits).rest).toEqual(broken.rest)
  expect(panView(broken, scale, 800, 60, limits).rest).toEqual({ from: 10_000, to: 150_000 })
  expect(panView(broken, scale, 800, 1e6, limits).rest).toEqual({ from: 160_000, to: 300_000 })
})

test('a run breaks when it is over 200 times longer than its reply', () => {
  expect(needsBreak(12, 2400)).toBe(false)
  expect(needsBreak(12, 2401)).toBe(true)
  expect(needsBreak(undefined, 1e9)).toBe(false)
})

test('the head ends at a round time after the reply', () => {
  expect(headRange(12)).toEqual({ from: 0, to: 20 })
  expect(headRange(0).to).toBeGreaterThan(0)
})

test('the whole run leaves room to a round time', () => {
  expect(wholeRange(107_200).to).toBe(140_000)
  expect(wholeRange(0).to).toBeGreaterThan(0)
})

test('a range longer than all there is shows all there is', () => {
  expect(keepInside({ from: 5, to: 500 }, 100)).toEqual({ from: 0, to: 100 })
})

test('round steps are those of a clock', () => {
  expect([3.6, 11_000, 50_000, 400_000].map(niceStep)).toEqual([4, 20_000, 60_000, 600_000])
  expect(niceStep(90_000_000)).toBe(172_800_000)
})
