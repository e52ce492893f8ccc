import { type Box, type Point, between, grow, outwardTo } from './geometry.ts'
import { measures } from './measures.ts'
import { fillNotches } from './notches.ts'
import { roundedShape } from './roundedPath.ts'
import { pairs } from './runs.ts'
import { unionOf } from './union.ts'

/** The shape of the background part: one path for everything, however many pieces it has. */
export interface Bank {
  /** SVG path data; to be filled even-odd, as it may have holes. */
  readonly path: string
  /** Its corners, piece by piece and hole by hole. */
  readonly outlines: readonly (readonly Point[])[]
  /** The top left corner of the caption of each piece. */
  readonly captions: readonly Point[]
}

/** A caption begins this far from the left edge and this far above the lower one. */
const captionAt = { x: 24, y: 38 }

/**
 * The bank round the boxes of the member steps and round the lines among them (each as the points of its route).
 * `outside` are the boxes of all other steps: notches are not filled across them.
 */
export function drawBank(
  steps: readonly Box[],
  lines: readonly (readonly Point[])[],
  outside: readonly Box[]
): Bank | undefined {
  const { margin, notch, caption, corner } = measures.bank
  const runs = lines.flatMap((points) => [...pairs(points)].map(([a, b]) => between(a, b)))
  const parts = [...steps, ...runs].map((box) => outwardTo(measures.grid, grow(box, margin)))
  if (parts.length === 0) return undefined
  const area = fillNotches(parts, notch, outside)
  const outlines = unionOf([...area, ...unionOf(area).flatMap((outline) => roomBelow(outline, caption))])
  return {
    path: outlines.map((outline) => roundedShape(outline, corner)).join(''),
    outlines,
    captions: outlines.filter(isOuter).map(captionOf)
  }
}

/** The boxes under the lowest edges of an outer outline. */
function roomBelow(outline: readonly Point[], h: number): Box[] {
  if (!isOuter(outline)) return []
  const bottom = lowest(outline)
  return [...pairs(outline)].flatMap(([a, b]) =>
    a.y === bottom && b.y === bottom ? [{ x: Math.min(a.x, b.x), y: bottom, w: Math.abs(a.x - b.x), h }] : []
  )
}

/** The caption stands at the left end of the lowest edge. */
function captionOf(outline: readonly Point[]): Point {
  const bottom = lowest(outline)
  const left = Math.min(...outline.filter(({ y }) => y === bottom).map(({ x }) => x))
  return { x: left + captionAt.x, y: bottom - captionAt.y }
}

const lowest = (outline: readonly Point[]): number => Math.max(...outline.map(({ y }) => y))

/** Outer outlines run clockwise on the screen, holes do not. */
function isOuter(outline: readonly Point[]): boolean {
  let area = 0
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a
    area += a.x * b.y - b.x * a.y
  })
  return area > 0
}
