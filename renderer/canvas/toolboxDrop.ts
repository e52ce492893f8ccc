import type { Point } from '../drawing/geometry.ts'
import { measures } from '../drawing/measures.ts'
import { snap } from '../drawing/places.ts'

/** The kind of data that a Toolbox item carries while it is dragged: the type of the step. */
export const stepData = 'application/x-tailrace-step'

/** Whether a step from the Toolbox is being dragged; says to the system that it may be dropped here. */
export function acceptsStep(event: DragEvent): boolean {
  const data = event.dataTransfer
  if (!data?.types.includes(stepData)) return false
  event.preventDefault()
  data.dropEffect = data.effectAllowed === 'move' ? 'move' : 'copy'
  return true
}

/** Where the top left corner of a step comes to be when it is dropped at `point`: held by the middle of its head. */
export function dropPlace({ x, y }: Point): Point {
  return snap({ x: x - measures.step.w / 2, y: y - measures.step.head / 2 }, measures.grid)
}
