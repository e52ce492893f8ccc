import {
  type Category,
  type Connection,
  type Step,
  type StepDefinition,
  type StepSurroundings,
  onException,
  outcomesOf
} from '../../engine/index.ts'
import type { Box, Point } from './geometry.ts'
import { measures, stepHeight } from './measures.ts'

export type StepKind = 'start' | 'end' | 'go-async' | 'step' | 'unknown'

/** A step as it stands on the canvas. Its box never depends on how a run stands. */
export interface DrawnStep {
  readonly step: Step
  /** Absent for an unknown type. */
  readonly definition?: StepDefinition
  readonly kind: StepKind
  readonly category?: Category
  readonly box: Box
  readonly outcomes: readonly DrawnOutcome[]
  /** Where it can be entered; none for Start and for steps that catch. The first is the one on the left. */
  readonly gates: readonly Gate[]
  /** The middle of the brass handle of a Go Async step. */
  readonly reply?: Point
  /** It is part of the background part. */
  readonly background: boolean
}

/** An outcome with the middle of its handle. */
export interface DrawnOutcome extends Point {
  readonly name: string
  readonly connected: boolean
  /** Drawn as a diamond in the colour of failures. */
  readonly exception: boolean
  /** Its connection belongs to the background part. */
  readonly background: boolean
}

export type Side = 'left' | 'top' | 'bottom'

/** The middle of the bar where a step is entered. */
export interface Gate extends Point {
  readonly side: Side
}

/** What is known about a step beside the step itself. */
export interface StepPlace {
  readonly at: Point
  readonly definition: StepDefinition | undefined
  /** The connections that leave it. */
  readonly leaving: readonly Connection[]
  readonly background: boolean
  /** Whether the connection by this outcome belongs to the background part. */
  inBackground(outcome: string): boolean
}

/** The box, handles and gates of one step. */
export function drawStep(step: Step, place: StepPlace, surroundings: StepSurroundings): DrawnStep {
  const { definition, at, background } = place
  const kind = kindOf(definition)
  const names = outcomeNames(step, place, surroundings)
  const box = { x: at.x, y: at.y, ...sizeOf(kind, names.length) }
  return {
    step,
    ...(definition && { definition, category: definition.category }),
    kind,
    box,
    outcomes: names.map((name, row) => ({
      name,
      x: box.x + box.w,
      y: box.y + (kind === 'start' ? measures.start.h / 2 : measures.step.head + measures.step.row * (row + 0.5)),
      connected: place.leaving.some(({ outcome }) => outcome === name),
      exception: name === onException,
      background: place.inBackground(name)
    })),
    gates: definition?.role === 'catch' || definition?.role === 'catch-outcome' ? [] : gatesOf(kind, box),
    ...(kind === 'go-async' && { reply: { x: box.x + box.w, y: box.y + measures.step.head / 2 } }),
    background
  }
}

function kindOf(definition: StepDefinition | undefined): StepKind {
  if (!definition) return 'unknown'
  const { role, detaches } = definition
  return role === 'start' || role === 'end' ? role : detaches ? 'go-async' : 'step'
}

/** The outcomes of the definition, and those that are connected although nobody knows them (any more). */
function outcomeNames(step: Step, { definition, leaving }: StepPlace, surroundings: StepSurroundings): string[] {
  const known = definition ? outcomesOf(definition, step, surroundings).map(({ name }) => name) : []
  return [...new Set([...known, ...leaving.map(({ outcome }) => outcome)])]
}

function sizeOf(kind: StepKind, outcomes: number): Pick<Box, 'w' | 'h'> {
  if (kind === 'start' || kind === 'end') return measures[kind]
  return { w: measures.step.w, h: stepHeight(outcomes) }
}

function gatesOf(kind: StepKind, { x, y, w, h }: Box): Gate[] {
  if (kind === 'start') return []
  const left: Gate = { side: 'left', x, y: y + measures.step.head / 2 }
  if (kind !== 'end') return [left]
  return [left, { side: 'top', x: x + w / 2, y }, { side: 'bottom', x: x + w / 2, y: y + h }]
}
