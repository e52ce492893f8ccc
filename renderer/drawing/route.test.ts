import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, type Point, between, grow, overlap } from './geometry.ts'
import { Obstacles } from './obstacles.ts'
import { type Route, findRoute } from './route.ts'
import { pairs, Runs } from './runs.ts'
import { holds } from '../../engine/testing/property/holds.ts'

const step = (x: number, y: number, h = 80): Box => ({ x, y, w: 208, h })

/** A line from the first outcome of one step to the left gate of another, among further steps. */
function route(from: Box, to: Box, others: readonly Box[] = [], runs = new Runs()): Route {
  const found = findRoute(
    {
      start: { x: from.x + from.w, y: from.y + 60 },
      from,
      gates: [{ side: 'left', x: to.x, y: to.y + 24 }],
      to,
      target: `${to.x},${to.y}`
    },
    new Obstacles([from, to, ...others]),
    runs
  )
  if (!found) throw new Error('no route')
  return found
}

const passes = ({ points }: Route, box: Box): boolean =>
  [...pairs(points)].some(([a, b]) => overlap(grow(between(a, b), 0.5), box))

describe('a route', () => {
  test('is straight where gate and handle are level', () => {
    expect(route(step(0, 0), step(300, 36)).points).toEqual([
      { x: 208, y: 60 },
      { x: 300, y: 60 }
    ])
  })

  test('turns 24 pixels out of the handle', () => {
    expect(route(step(0, 0), step(400, 200)).points[1]).toEqual({ x: 232, y: 60 })
  })

  test('goes back between two steps when its gate lies to the left', () => {
    expect(route(step(400, 0), step(0, 200)).points).toEqual([
      { x: 608, y: 60 },
      { x: 632, y: 60 },
      { x: 632, y: 140 },
      { x: -28, y: 140 },
      { x: -28, y: 224 },
      { x: 0, y: 224 }
    ])
  })

  test('goes round a step in its way', () => {
    const wall = step(300, 0)
    const found = route(step(0, 0), step(600, 36), [wall])
    expect(passes(found, wall)).toBe(false)
  })

  test('keeps 24 pixels from a run that leads elsewhere', () => {
    const runs = new Runs()
    const first = route(step(0, 0), step(400, 200), [], runs)
    runs.add(first.points, 'elsewhere')
    expect(route(step(0, 0), step(400, 200), [], runs).points[1]?.x).toBe(256)
  })

  test('leads from a step back to itself', () => {
    const own = step(0, 0)
    const found = route(own, own)
    expect(passes(found, grow(own, -1))).toBe(false)
  })

  test('has level and upright runs in turn, out to the right and into the gate from the left', () => {
    const place = fc.integer({ min: -60, max: 60 }).map((n) => n * 8)
    return holds(
      'route runs',
      fc.property(place, place, fc.array(fc.tuple(place, place), { maxLength: 6 }), (x, y, others) => {
        const { points } = route(
          step(0, 0),
          step(x, y),
          others.map(([a, b]) => step(a, b))
        )
        const runs = [...pairs(points)]
        const level = ([a, b]: readonly [Point, Point]) => a.y === b.y
        runs.forEach((run, i) => {
          const next = runs[i + 1]
          if (next) expect(level(run)).not.toBe(level(next))
        })
        expect(runs[0]![1].x).toBeGreaterThan(208)
        expect(runs.at(-1)![0].x).toBeLessThan(x)
        expect(runs.at(-1)![1]).toEqual({ x, y: y + 24 })
      })
    )
  })
})
