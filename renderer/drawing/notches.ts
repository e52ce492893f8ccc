import { type Box, type Point, between, overlap } from './geometry.ts'
import { unionOf } from './union.ts'

/**
 * `boxes` and further ones that fill the notches of the area they cover: wherever an edge shorter than `width` leads into
 * an inner corner, the area goes straight on past it. A filling never covers one of the boxes in `outside`.
 */
export function fillNotches(boxes: readonly Box[], width: number, outside: readonly Box[]): Box[] {
  const area = [...boxes]
  for (;;) {
    const fillings = unionOf(area)
      .flatMap((outline) => notchesOf(outline, width))
      .filter((filling) => !outside.some((box) => overlap(box, filling)))
    if (fillings.length === 0) return area
    area.push(...fillings)
  }
}

function notchesOf(outline: readonly Point[], width: number): Box[] {
  return outline.flatMap((a, i) => {
    const before = outline.at(i - 1)
    const b = outline[(i + 1) % outline.length]
    const after = outline[(i + 2) % outline.length]
    if (!before || !b || !after || length(a, b) >= width) return []
    const innerA = turnsLeft(before, a, b)
    const innerB = turnsLeft(a, b, after)
    if (innerA && innerB) return [between(a, length(before, a) < length(b, after) ? add(b, a, before) : after)]
    if (innerB) return [between(a, after)]
    return innerA ? [between(b, before)] : []
  })
}

/** `from` moved as far as from `a` to `b`. */
const add = (from: Point, a: Point, b: Point): Point => ({ x: from.x + b.x - a.x, y: from.y + b.y - a.y })

const length = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)

/** Whether the outline turns left at `b`, which is an inner corner, as outlines run clockwise. */
function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) < 0
}
