import { type Box, type Point, bottomOf, rightOf } from './geometry.ts'

/**
 * The outlines of the area that `boxes` cover together: closed shapes of level and upright edges, each as its corners.
 * Outer outlines run clockwise, those of holes the other way. Each begins at the top one of its leftmost corners.
 */
export function unionOf(boxes: readonly Box[]): Point[][] {
  const xs = sorted(boxes.flatMap((box) => [box.x, rightOf(box)]))
  const ys = sorted(boxes.flatMap((box) => [box.y, bottomOf(box)]))
  const column = new Map(xs.map((x, i) => [x, i]))
  const row = new Map(ys.map((y, i) => [y, i]))
  const wide = xs.length
  const covered = new Uint8Array(wide * ys.length)
  for (const box of boxes) {
    const left = column.get(box.x) ?? 0
    const right = column.get(rightOf(box)) ?? 0
    const bottom = row.get(bottomOf(box)) ?? 0
    for (let y = row.get(box.y) ?? 0; y < bottom; y++) covered.fill(1, y * wide + left, y * wide + right)
  }
  return trace(covered, xs, ys)
}

/** A step along the edge of the covered area, from one crossing of the grid to the next; the area lies to its right. */
type Edge = readonly [from: number, to: number]

function trace(covered: Uint8Array, xs: readonly number[], ys: readonly number[]): Point[][] {
  const wide = xs.length
  const leaving = new Map<number, Edge[]>()
  const add = (from: number, to: number): void => {
    const known = leaving.get(from)
    if (known) known.push([from, to])
    else leaving.set(from, [[from, to]])
  }
  for (let y = 0; y < ys.length; y++)
    for (let x = 0; x < wide; x++) {
      const at = y * wide + x
      if (!covered[at]) continue
      if (y === 0 || !covered[at - wide]) add(at, at + 1)
      if (!covered[at + 1]) add(at + 1, at + 1 + wide)
      if (!covered[at + wide]) add(at + 1 + wide, at + wide)
      if (x === 0 || !covered[at - 1]) add(at + wide, at)
    }
  const outlines: Point[][] = []
  for (const [start] of leaving)
    while ((leaving.get(start)?.length ?? 0) > 0) {
      const crossings = follow(start, leaving, wide)
      const points = crossings.map((at) => ({ x: xs[at % wide] ?? 0, y: ys[Math.floor(at / wide)] ?? 0 }))
      outlines.push(fromTopLeft(onlyCorners(points)))
    }
  return outlines
}

/** The crossings of one outline. Where two touch at a corner it turns right, so that they stay two. */
function follow(start: number, leaving: Map<number, Edge[]>, wide: number): number[] {
  const passed: number[] = []
  let at = start
  let heading = 0
  do {
    passed.push(at)
    const ways = leaving.get(at) ?? []
    const right = turnedRight(heading, wide)
    const index = Math.max(
      0,
      ways.findIndex(([from, to]) => to - from === right)
    )
    const [next] = ways.splice(index, 1)
    if (!next) break
    heading = next[1] - next[0]
    at = next[1]
  } while (at !== start)
  return passed
}

function turnedRight(heading: number, wide: number): number {
  if (heading === 1) return wide
  if (heading === wide) return -1
  return heading === -1 ? -wide : 1
}

function onlyCorners(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const before = points.at(i - 1)
    const after = points[(i + 1) % points.length]
    return !before || !after || !(before.x === after.x || before.y === after.y)
  })
}

function fromTopLeft(points: readonly Point[]): Point[] {
  let first = 0
  points.forEach((point, i) => {
    const best = points[first]
    if (best && (point.x < best.x || (point.x === best.x && point.y < best.y))) first = i
  })
  return [...points.slice(first), ...points.slice(0, first)]
}

const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b)
