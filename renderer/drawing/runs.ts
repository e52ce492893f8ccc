import type { Point } from './geometry.ts'

/** The straight runs of lines that are already drawn, so that later ones can keep a distance from them. */
export class Runs {
  readonly #across = new Map<number, Run[]>()
  readonly #along = new Map<number, Run[]>()

  /** Adds the runs of a line that leads to `target` (any name that is the same for lines that may join). */
  add(points: readonly Point[], target: string): void {
    for (const [a, b] of pairs(points)) {
      const run = runOf(a, b, target)
      const shelf = a.y === b.y ? this.#across : this.#along
      const key = Math.floor(run.at / near)
      const known = shelf.get(key)
      if (known) known.push(run)
      else shelf.set(key, [run])
    }
  }

  /** How many runs that lead elsewhere lie beside the run from `a` to `b`, too near to be told apart from it. */
  beside(a: Point, b: Point, target: string): number {
    const run = runOf(a, b, target)
    const shelf = a.y === b.y ? this.#across : this.#along
    const key = Math.floor(run.at / near)
    let count = 0
    for (const k of [key - 1, key, key + 1])
      for (const other of shelf.get(k) ?? [])
        if (
          other.target !== target &&
          Math.abs(other.at - run.at) < near &&
          Math.min(other.to, run.to) - Math.max(other.from, run.from) > shared
        )
          count++
    return count
  }
}

/** Runs nearer than this, side by side for longer than `shared`, look like one. */
const near = 16
const shared = 12

interface Run {
  /** Where it lies, across its direction. */
  readonly at: number
  readonly from: number
  readonly to: number
  readonly target: string
}

function runOf(a: Point, b: Point, target: string): Run {
  return a.y === b.y
    ? { at: a.y, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x), target }
    : { at: a.x, from: Math.min(a.y, b.y), to: Math.max(a.y, b.y), target }
}

/** The runs of a line, each as its two ends. */
export function* pairs(points: readonly Point[]): Iterable<readonly [Point, Point]> {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]
    const b = points[i]
    if (a && b) yield [a, b]
  }
}
