import type { Point } from './geometry.ts'

/** SVG path data of an open line through `points`, its corners rounded by at most `radius`. */
export function roundedLine(points: readonly Point[], radius: number): string {
  return points
    .map((point, i) => {
      const before = points[i - 1]
      const after = points[i + 1]
      if (!before) return `M${place(point)}`
      return after ? `L${corner(before, point, after, radius)}` : `L${place(point)}`
    })
    .join('')
}

/** SVG path data of a closed shape with these corners, rounded by at most `radius`. */
export function roundedShape(corners: readonly Point[], radius: number): string {
  const parts = corners.map((point, i) =>
    corner(corners.at(i - 1) ?? point, point, corners[(i + 1) % corners.length] ?? point, radius)
  )
  return parts.length === 0 ? '' : `M${parts.join('L')}Z`
}

function corner(before: Point, point: Point, after: Point, radius: number): string {
  const r = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2)
  return `${place(towards(point, before, r))}Q${place(point)} ${place(towards(point, after, r))}`
}

/** The point `by` pixels from `from` on the way to `to`, along an axis. */
export function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by }
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
const place = ({ x, y }: Point): string => `${x} ${y}`
