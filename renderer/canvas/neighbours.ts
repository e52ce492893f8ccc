import type { StepId } from '../../engine/index.ts'
import type { DrawnStep } from '../drawing/drawnStep.ts'
import type { Point } from '../drawing/geometry.ts'

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const vectors: Readonly<Record<Direction, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 }
}

/** The unit step in the direction of an arrow key; undefined for other keys. */
export function vectorOf(key: string): Point | undefined {
  return Object.entries(vectors).find(([name]) => name === key)?.[1]
}

/** The step nearest to `from` in a direction, what lies straight ahead before what lies aside; undefined at the edge. */
export function neighbour(steps: Iterable<DrawnStep>, from: DrawnStep, vector: Point): StepId | undefined {
  const start = middle(from)
  let best: { readonly id: StepId; readonly cost: number } | undefined
  for (const drawn of steps) {
    if (drawn === from) continue
    const { x, y } = middle(drawn)
    const ahead = (x - start.x) * vector.x + (y - start.y) * vector.y
    if (ahead <= 0) continue
    const aside = Math.abs((x - start.x) * vector.y) + Math.abs((y - start.y) * vector.x)
    const cost = ahead + 2 * aside
    if (!best || cost < best.cost) best = { id: drawn.step.id, cost }
  }
  return best?.id
}

const middle = ({ box }: DrawnStep): Point => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 })
