import {
  type FlowDocument,
  type Position,
  type StepDefinition,
  type StepId,
  type StepSurroundings,
  addStep,
  connect,
  entryOf,
  newStep,
  onException,
  outcomesOf,
  stepOf,
  whyNotConnect
} from '../../engine/index.ts'
import { drawStep } from '../drawing/drawnStep.ts'
import { type Box, type Point, grow, overlap, rightOf } from '../drawing/geometry.ts'
import { measures } from '../drawing/measures.ts'

/** What is known beside the document: the kinds of step, and other flows by path. */
export interface Known {
  readonly definitions: readonly StepDefinition[]
  flowAt: StepSurroundings['flowAt']
}

export interface Placed {
  readonly document: FlowDocument
  readonly step: StepId
}

/** How far steps stand from each other when we place them: right of and under one another, in pixels. */
const gap = { x: 48, y: 40 }
/** No step is placed nearer to another than this. */
const margin = 16

const snap = (value: number): number => Math.round(value / measures.grid) * measures.grid

/** Puts a new step with its top left corner at `at`, on the grid. */
export function placeStepAt(document: FlowDocument, definition: StepDefinition, at: Point): Placed {
  const step = newStep(document.flow, definition)
  return { document: addStep(document, step, { x: snap(at.x), y: snap(at.y) }), step: step.id }
}

/**
 * Puts a new step right of the step `after` and connects it with that one's first free outcome, where that makes sense.
 * Without `after` it comes to stand right of everything, unconnected.
 */
export function placeStep(
  document: FlowDocument,
  definition: StepDefinition,
  after: StepId | undefined,
  known: Known
): Placed {
  const { flow } = document
  const step = newStep(flow, definition)
  const boxes = flow.steps.map(({ id }) => boxOf(document, id, known)).filter((box) => box !== undefined)
  const beside = after === undefined ? undefined : boxOf(document, after, known)
  const first = beside
    ? { x: rightOf(beside) + gap.x, y: beside.y }
    : boxes.length === 0
      ? { x: 40, y: 136 }
      : { x: Math.max(...boxes.map(rightOf)) + gap.x, y: Math.min(...boxes.map(({ y }) => y)) }
  const alone = { ...document, flow: { ...flow, steps: [...flow.steps, step] } }
  const { w, h } = boxOf(alone, step.id, known) ?? { w: measures.step.w, h: measures.step.head }
  const placed = addStep(document, step, freePlace({ ...first, w, h }, boxes))
  const outcome = after === undefined ? undefined : freeOutcome(document, after, known)
  if (after === undefined || outcome === undefined) return { document: placed, step: step.id }
  if (whyNotConnect(placed.flow, known.definitions, after, step.id) !== undefined)
    return { document: placed, step: step.id }
  return { document: connect(placed, { from: after, outcome, to: step.id }), step: step.id }
}

/** The first outcome of a step that leads nowhere yet; On Exception is not offered, since failing is not going on. */
export function freeOutcome({ flow }: FlowDocument, id: StepId, known: Known): string | undefined {
  const step = stepOf(flow, id)
  const definition = known.definitions.find(({ type }) => type === step?.type)
  if (!step || !definition) return undefined
  const taken = flow.connections.filter(({ from }) => from === id).map(({ outcome }) => outcome)
  return outcomesOf(definition, step, { flow, flowAt: known.flowAt })
    .map(({ name }) => name)
    .find((name) => name !== onException && !taken.includes(name))
}

/** Where a step stands and how much room it takes; undefined when there is no such step. */
export function boxOf({ flow, layout }: FlowDocument, id: StepId, known: Known): Box | undefined {
  const step = stepOf(flow, id)
  if (!step) return undefined
  const place = {
    at: entryOf(layout, id) ?? { x: 0, y: 0 },
    definition: known.definitions.find(({ type }) => type === step.type),
    leaving: flow.connections.filter(({ from }) => from === id),
    background: false,
    inBackground: () => false
  }
  return drawStep(step, place, { flow, flowAt: known.flowAt }).box
}

/** The first place on the grid from `wanted` on where nothing stands: down the column, then the next column. */
function freePlace(wanted: Box, taken: readonly Box[]): Position {
  const rows = 12
  for (let tried = 0; ; tried++) {
    const x = snap(wanted.x + Math.floor(tried / rows) * (measures.step.w + gap.x))
    const y = snap(wanted.y + (tried % rows) * gap.y)
    const box = grow({ ...wanted, x, y }, margin)
    if (!taken.some((other) => overlap(box, other))) return { x, y }
  }
}
