import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contains } from '../drawing/geometry.ts'
import { centredOn, fitted, movedTo, underneath, visibleIn, zoomedBy } from './viewport.ts'
import { holds } from '../../engine/testing/property/holds.ts'

const window = { w: 904, h: 784 }

test('the sample is shown at 100 % in the window of the second picture', () => {
  expect(fitted({ x: 40, y: 104, w: 832, h: 408 }, window)).toEqual({ x: -4, y: 44, zoom: 1 })
})

test('a flow that fits is seen whole', () => {
  const side = fc.integer({ min: 1, max: 15_000 })
  const place = fc.integer({ min: -9000, max: 9000 })
  return holds(
    'flow that fits',
    fc.property(place, place, side, side, (x, y, w, h) => {
      const viewport = fitted({ x, y, w, h }, window)
      expect(viewport.zoom).toBeLessThanOrEqual(1)
      if (viewport.zoom > 0.05) expect(contains(visibleIn(viewport, window), { x, y, w, h })).toBe(true)
    })
  )
})

test('zooming keeps the middle of the window where it is', () => {
  const before = { x: 100, y: -40, zoom: 0.5 }
  const after = zoomedBy(before, 1.25, window)
  const middle = { x: 452, y: 392 }
  expect(after.zoom).toBe(0.625)
  expect(underneath(middle, after).x).toBeCloseTo(underneath(middle, before).x)
  expect(underneath(middle, after).y).toBeCloseTo(underneath(middle, before).y)
})

test('zooming stops at 5 and 200 %', () => {
  expect(zoomedBy({ x: 0, y: 0, zoom: 1.9 }, 1.25, window).zoom).toBe(2)
  expect(zoomedBy({ x: 0, y: 0, zoom: 0.051 }, 0.8, window).zoom).toBe(0.05)
})

test('a step out of sight is brought in by the shortest way, and one in sight moves nothing', () => {
  const viewport = { x: 0, y: 0, zoom: 1 }
  const at = (x: number, y: number) => movedTo({ x, y, w: 200, h: 100 }, viewport, window)
  expect(at(300, 300)).toEqual(viewport)
  expect(at(900, 300)).toEqual({ x: -228, y: 0, zoom: 1 })
  expect(at(-500, 700)).toEqual({ x: 532, y: -96, zoom: 1 })
  const huge = movedTo({ x: 100, y: 100, w: 5000, h: 5000 }, viewport, window)
  expect(huge).toEqual({ x: -68, y: -68, zoom: 1 })
})

test('a point is brought to the middle of the window', () => {
  const viewport = centredOn({ x: 1000, y: 500 }, { x: 0, y: 0, zoom: 0.5 }, window)
  expect(underneath({ x: 452, y: 392 }, viewport)).toEqual({ x: 1000, y: 500 })
})
