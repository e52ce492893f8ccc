import { type Layout, type Step, type StepId, entryOf } from '../../engine/index.ts'
import type { Point } from './geometry.ts'
import { measures } from './measures.ts'

/** Room for one step without a place. */
const cell = { w: 256, h: 192 }

/** Where each step stands. Those the layout does not name stand in rows below all others, so that none is lost. */
export function placesOf(steps: readonly Step[], layout: Layout): ReadonlyMap<StepId, Point> {
  const known = Object.values(layout)
  const left = known.length === 0 ? 0 : Math.min(...known.map(({ x }) => x))
  const top = known.length === 0 ? 0 : Math.max(...known.map(({ y }) => y)) + cell.h
  const perRow = 6
  let placed = 0
  return new Map(
    steps.map(({ id }): [StepId, Point] => {
      const at = entryOf(layout, id)
      if (at) return [id, at]
      const n = placed++
      const { grid } = measures
      return [id, snap({ x: left + (n % perRow) * cell.w, y: top + Math.floor(n / perRow) * cell.h }, grid)]
    })
  )
}

/** The point of a grid of `step` pixels nearest to `point`. */
export function snap({ x, y }: Point, step: number): Point {
  return { x: Math.round(x / step) * step, y: Math.round(y / step) * step }
}
