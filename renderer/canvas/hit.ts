import type { StepId } from '../../engine/index.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { Point } from '../drawing/geometry.ts'

/** The step at a place of the drawing; of several the one that is drawn last, on top. */
export function stepAt(drawing: Drawing, { x, y }: Point): StepId | undefined {
  let found: StepId | undefined
  for (const { step, box } of drawing.steps.values())
    if (x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h) found = step.id
  return found
}
