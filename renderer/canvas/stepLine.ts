import type { StepSurroundings } from '../../engine/index.ts'
import type { DrawnStep } from '../drawing/drawnStep.ts'
import type { GlyphName } from '../ui/glyphName.ts'
import type { StepLook, StepState } from './look.ts'

/** The line under the name of a step: how it stands in the run that is shown, else its most telling settings. */
export function summaryOf(drawn: DrawnStep, look: StepLook | undefined, surroundings: StepSurroundings): string {
  if (look?.summary !== undefined) return look.summary
  if (!drawn.definition) return 'Unknown step type, kept'
  return drawn.definition.describe?.(drawn.step, surroundings) ?? drawn.definition.title
}

/** The shape that stands for a state; undefined where none does. */
export function glyphOf(state: StepState | undefined): GlyphName | undefined {
  return state === 'not-reached' ? undefined : state
}
