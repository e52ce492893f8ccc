import type { Point } from './geometry.ts'
import { measures } from './measures.ts'
import { roundedLine, towards } from './roundedPath.ts'
import { pairs } from './runs.ts'

/** SVG path data of a line along a route, ending just before the gate. */
export function linePath(points: readonly Point[]): string {
  return roundedLine([...points.slice(0, -1), beforeEnd(points, measures.line.gap)], measures.line.corner)
}

/** The tip of the arrow at the end of a route, and where it points: degrees, 0 is to the right, 90 down. */
export function arrowAt(points: readonly Point[]): Point & { readonly turn: number } {
  const end = points.at(-1) ?? { x: 0, y: 0 }
  const before = points.at(-2) ?? end
  const turn = (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI
  return { ...beforeEnd(points, measures.line.gap - 1), turn }
}

/** The longest level run of a route as its left end and length: where a label has the most room. */
export function labelRun(points: readonly Point[]): Point & { readonly w: number } {
  let best = { ...(points[0] ?? { x: 0, y: 0 }), w: 0 }
  for (const [a, b] of pairs(points)) {
    const w = Math.abs(a.x - b.x)
    if (a.y === b.y && w > best.w) best = { x: Math.min(a.x, b.x), y: a.y, w }
  }
  return best
}

function beforeEnd(points: readonly Point[], by: number): Point {
  const end = points.at(-1) ?? { x: 0, y: 0 }
  return towards(end, points.at(-2) ?? end, by)
}
