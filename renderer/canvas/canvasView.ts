import { createContext } from 'svelte'
import type { Problem, StepId, StepSurroundings } from '../../engine/index.ts'
import type { Drawing, DrawnLine } from '../drawing/drawing.ts'
import type { Point } from '../drawing/geometry.ts'
import type { Detail } from './detail.ts'
import type { Linking } from './linking.svelte.ts'
import type { RunLook } from './look.ts'

/** What the parts of the canvas need to know; all of it reactive. */
export interface CanvasView {
  readonly drawing: Drawing
  /** The lines that lead to each step. */
  readonly entering: ReadonlyMap<StepId, readonly DrawnLine[]>
  readonly surroundings: StepSurroundings
  readonly detail: Detail
  readonly readonly: boolean
  readonly run: RunLook | undefined
  readonly problems: ReadonlyMap<StepId, readonly Problem[]>
  readonly breakpoints: ReadonlySet<StepId>
  /** Routes that differ from the drawing while steps are dragged. */
  readonly moving: ReadonlyMap<string, readonly Point[]>
  /** Connecting by keyboard. */
  readonly linking: Linking
}

export const [getCanvasView, setCanvasView] = createContext<CanvasView>()
