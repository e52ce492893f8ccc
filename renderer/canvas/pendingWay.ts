import type { Side } from '../drawing/drawnStep.ts'
import type { Point } from '../drawing/geometry.ts'
import { measures } from '../drawing/measures.ts'

/** A simple orthogonal way from a handle to the pointer, or to the gate it is at: out to the right, then there. */
export function pendingWay(start: Point, end: Point, side: Side | undefined): Point[] {
  const { out } = measures.line
  if (side === 'top' || side === 'bottom') {
    if (end.x - start.x >= out) return [start, { x: end.x, y: start.y }, end]
    const y = side === 'bottom' ? end.y + out : end.y - out
    return [start, { x: start.x + out, y: start.y }, { x: start.x + out, y }, { x: end.x, y }, end]
  }
  if (Math.abs(start.y - end.y) < 1 && end.x > start.x) return [start, end]
  if (end.x - start.x >= 2 * out) {
    const x = start.x + out
    return [start, { x, y: start.y }, { x, y: end.y }, end]
  }
  const [a, b, y] = [start.x + out, end.x - out, Math.round((start.y + end.y) / 2)]
  return [start, { x: a, y: start.y }, { x: a, y }, { x: b, y }, { x: b, y: end.y }, end]
}
