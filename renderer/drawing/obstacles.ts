import { type Box, type Point, between, bottomOf, grow, overlap, rightOf } from './geometry.ts'

const cell = 256
/** More than there are cells one below the other. */
const columns = 1_000_000

/** Boxes that lines should keep out of, findable by place. */
export class Obstacles {
  readonly #cells = new Map<number, Box[]>()

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes)
      for (const key of cellsOf(box)) {
        const known = this.#cells.get(key)
        if (known) known.push(box)
        else this.#cells.set(key, [box])
      }
  }

  /** The boxes that overlap `area`, each once. */
  in(area: Box): Box[] {
    const found: Box[] = []
    for (const key of cellsOf(area))
      for (const box of this.#cells.get(key) ?? []) if (overlap(box, area) && !found.includes(box)) found.push(box)
    return found
  }

  /** How many boxes other than `except` the run from `a` to `b` comes nearer to than `clearance`. */
  hits(a: Point, b: Point, clearance: number, ...except: readonly Box[]): number {
    return this.in(grow(between(a, b), clearance)).filter((box) => !except.includes(box)).length
  }
}

/** Names the cells that a box touches. */
function cellsOf(box: Box): number[] {
  const keys: number[] = []
  for (let x = Math.floor(box.x / cell); x <= Math.floor(rightOf(box) / cell); x++)
    for (let y = Math.floor(box.y / cell); y <= Math.floor(bottomOf(box) / cell); y++) keys.push(x * columns + y)
  return keys
}
