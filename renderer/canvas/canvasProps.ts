import type { FlowDocument, Problem, StepDefinition, StepId, StepSurroundings } from '../../engine/index.ts'
import type { Point } from '../drawing/geometry.ts'
import type { Selection } from '../editor/selection.ts'
import type { RunLook } from './look.ts'

/** Where a step was moved to: its new top left corner. */
export interface Move extends Point {
  readonly step: StepId
}

/** What the canvas is given, and what it tells. Everything that is not given is off: a callback less is a gesture less. */
export interface CanvasProps {
  document: FlowDocument
  definitions: readonly StepDefinition[]
  surroundings: StepSurroundings
  selection?: Selection
  problems?: readonly Problem[]
  /** How a run stands in this flow; while drawing there is none. */
  run?: RunLook | undefined
  breakpoints?: ReadonlySet<StepId>
  readonly?: boolean
  /** For the title block: when it was last saved, in words. */
  saved?: string | undefined
  /** Where the zoom bar stands, and whether the map is shown at first. */
  controls?: 'left' | 'right'
  map?: boolean
  onSelect?: (selection: Selection) => void
  /** Once per drag, on drop, with everything that was moved. */
  onMove?: (moves: readonly Move[]) => void
  onConnect?: (from: StepId, outcome: string, to: StepId) => void
  onDisconnect?: (from: StepId, outcome: string) => void
  onDelete?: (selection: Selection) => void
  /** A step of this type was dropped from the Toolbox; its top left corner is to be at (x, y). */
  onDrop?: (type: string, x: number, y: number) => void
  /** Double click, or Enter. */
  onOpen?: (step: StepId) => void
  /** The reply of a Go Async step was led to an End Step. */
  onCallerOutcome?: (goAsync: StepId, endStep: StepId) => void
}
