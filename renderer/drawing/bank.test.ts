import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawBank } from './bank.ts'
import { type Box, type Point, contains } from './geometry.ts'
import { fillNotches } from './notches.ts'
import { unionOf } from './union.ts'
import { holds } from '../../engine/testing/property/holds.ts'

const boxes = (unit: number) =>
  fc.array(
    fc
      .tuple(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .map(([x, y, w, h]): Box => ({ x: x * unit, y: y * unit, w: w * unit, h: h * unit })),
    { minLength: 1, maxLength: 12 }
  )

/** Whether a point lies in the area that the outlines enclose, even-odd, counted along a ray to the left. */
function encloses(outlines: readonly (readonly Point[])[], { x, y }: Point): boolean {
  let crossings = 0
  for (const outline of outlines)
    outline.forEach((a, i) => {
      const b = outline[(i + 1) % outline.length] ?? a
      if (a.x === b.x && a.x < x && Math.min(a.y, b.y) <= y && y < Math.max(a.y, b.y)) crossings++
    })
  return crossings % 2 === 1
}

/** The middles of the 8 by 8 cells of a box. */
function* cells(box: Box): Iterable<Point> {
  for (let x = box.x + 4; x < box.x + box.w; x += 8) for (let y = box.y + 4; y < box.y + box.h; y += 8) yield { x, y }
}

function expectClosed(outlines: readonly (readonly Point[])[]): void {
  for (const outline of outlines) {
    expect(outline.length).toBeGreaterThanOrEqual(4)
    outline.forEach((a, i) => {
      const b = outline[(i + 1) % outline.length]!
      const c = outline[(i + 2) % outline.length]!
      expect(a.x === b.x).not.toBe(a.y === b.y)
      expect(a.x === b.x).toBe(b.y === c.y)
    })
  }
}

describe('a union', () => {
  test('holds exactly the cells of its boxes', () => {
    return holds(
      'union cells',
      fc.property(boxes(8), (given) => {
        const outlines = unionOf(given)
        for (const cell of cells({ x: 0, y: 0, w: 352, h: 352 }))
          expect(encloses(outlines, cell)).toBe(
            given.some((box) => contains(box, { x: cell.x - 4, y: cell.y - 4, w: 8, h: 8 }))
          )
      }),
      { runs: 40 }
    )
  })

  test('has closed outlines of level and upright edges in turn', () => {
    return holds(
      'union outlines',
      fc.property(boxes(8), (given) => expectClosed(unionOf(given)))
    )
  })

  test('keeps pieces that touch at a corner apart', () => {
    expect(
      unionOf([
        { x: 0, y: 0, w: 8, h: 8 },
        { x: 8, y: 8, w: 8, h: 8 }
      ])
    ).toHaveLength(2)
  })
})

describe('filling notches', () => {
  test('keeps every box inside', () => {
    return holds(
      'notches keep boxes',
      fc.property(boxes(8), fc.constantFrom(16, 48, 96), (given, width) => {
        const outlines = unionOf(fillNotches(given, width, []))
        expectClosed(outlines)
        for (const box of given) for (const cell of cells(box)) expect(encloses(outlines, cell)).toBe(true)
      }),
      { runs: 60 }
    )
  })

  test('never covers a box outside', () => {
    return holds(
      'notches spare others',
      fc.property(boxes(8), boxes(8), (given, others) => {
        const apart = others.filter((box) => [...cells(box)].every((cell) => !encloses(unionOf(given), cell)))
        const outlines = unionOf(fillNotches(given, 96, apart))
        for (const box of apart) for (const cell of cells(box)) expect(encloses(outlines, cell)).toBe(false)
      }),
      { runs: 60 }
    )
  })

  test('closes a slot and an inner corner narrower than asked, and no wider ones', () => {
    const shape = [
      { x: 0, y: 0, w: 400, h: 40 },
      { x: 0, y: 0, w: 40, h: 400 },
      { x: 120, y: 0, w: 40, h: 400 }
    ]
    expect(unionOf(fillNotches(shape, 96, []))).toEqual([
      [
        { x: 0, y: 0 },
        { x: 400, y: 0 },
        { x: 400, y: 40 },
        { x: 160, y: 40 },
        { x: 160, y: 400 },
        { x: 0, y: 400 }
      ]
    ])
  })
})

describe('a bank', () => {
  test('holds every step with the margin round it', () => {
    return holds(
      'bank margin',
      fc.property(boxes(7), (steps) => {
        const outlines = drawBank(steps, [], [])?.outlines ?? []
        expectClosed(outlines)
        for (const { x, y, w, h } of steps)
          for (const corner of [
            { x: x - 23, y: y - 23 },
            { x: x + w + 23, y: y - 23 },
            { x: x - 23, y: y + h + 23 },
            { x: x + w + 23, y: y + h + 23 },
            { x: x + w / 2, y: y + h / 2 }
          ])
            expect(encloses(outlines, corner)).toBe(true)
      })
    )
  })

  test('lies on the grid', () => {
    return holds(
      'bank grid',
      fc.property(boxes(7), (steps) => {
        for (const { x, y } of (drawBank(steps, [], [])?.outlines ?? []).flat())
          expect(Number.isInteger(x / 8) && Number.isInteger(y / 8)).toBe(true)
      })
    )
  })

  test('is one rounded shape round one step, with room for the caption', () => {
    expect(drawBank([{ x: 24, y: 24, w: 208, h: 80 }], [], [])).toEqual({
      path: 'M0 20Q0 0 20 0L236 0Q256 0 256 20L256 132Q256 152 236 152L20 152Q0 152 0 132Z',
      outlines: [
        [
          { x: 0, y: 0 },
          { x: 256, y: 0 },
          { x: 256, y: 152 },
          { x: 0, y: 152 }
        ]
      ],
      captions: [{ x: 24, y: 114 }]
    })
  })

  test('names each of two parts far from each other', () => {
    const far = [
      { x: 0, y: 0, w: 208, h: 80 },
      { x: 800, y: 0, w: 208, h: 80 }
    ]
    expect(drawBank(far, [], [])?.captions).toEqual([
      { x: 0, y: 90 },
      { x: 800 - 24 + 24, y: 90 }
    ])
  })

  test('is not there without anything in it', () => {
    expect(drawBank([], [], [])).toBeUndefined()
  })
})
