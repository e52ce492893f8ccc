import { type BackgroundPart, backgroundPart } from './backgroundPart.ts'
import type { Connection } from './connection.ts'
import type { Inputs, StepDefinition, StepSurroundings } from './definition.ts'
import type { Flow } from './flow.ts'
import { connectionsByStep, reach } from './reach.ts'
import { type Outcome, inputsOf, outcomesOf, settingsOf } from './shape.ts'
import type { Step, StepId } from './step.ts'
import type { ValueRecord } from './value.ts'

/** How flows that steps call are found. */
export type FlowLookup = Pick<StepSurroundings, 'flowAt'>

/** One step with all that its definition says about it where it stands. */
export interface SurveyedStep {
  readonly step: Step
  /** Its place in the flow, from 0. */
  readonly index: number
  /** Undefined for a kind of step that nobody knows. */
  readonly definition: StepDefinition | undefined
  /** Its settings, initial ones filled in. */
  readonly settings: ValueRecord
  readonly inputs: Inputs
  /** Undefined when they cannot be known: an unknown kind of step, or a flow that is missing. */
  readonly outcomes: ReadonlyMap<string, Outcome> | undefined
}

/** A flow looked over once, for everything that is asked about it. */
export interface Survey {
  readonly flow: Flow
  readonly definitions: readonly StepDefinition[]
  readonly lookup: FlowLookup
  /** In the order of the flow. Where an id occurs twice, the first. */
  readonly steps: ReadonlyMap<StepId, SurveyedStep>
  readonly start: StepId | undefined
  readonly ends: readonly Step[]
  /** The connections a run can take from a step. */
  readonly waysOf: (step: StepId) => readonly Connection[]
  /** The steps a run can come to. */
  readonly reached: ReadonlySet<StepId>
  readonly background: BackgroundPart
}

/** Looks a flow over. Never throws, whatever is wrong with it. */
export function surveyFlow(flow: Flow, definitions: readonly StepDefinition[], lookup: FlowLookup): Survey {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const surroundings: StepSurroundings = { flow, flowAt: (path) => lookup.flowAt(path) }
  const steps = new Map<StepId, SurveyedStep>()
  const ends: Step[] = []
  let start: StepId | undefined
  const shapes = shapesIn(surroundings)
  for (const [index, step] of flow.steps.entries()) {
    if (steps.has(step.id)) continue
    const definition = byType.get(step.type)
    if (definition?.role === 'start') start ??= step.id
    if (definition?.role === 'end') ends.push(step)
    steps.set(step.id, {
      step,
      index,
      definition,
      settings: definition ? settingsOf(definition, step) : step.settings,
      ...(definition ? shapes(definition, step) : noShape)
    })
  }
  const ways = connectionsByStep(flow)
  const open = new Map<StepId, readonly Connection[]>()
  for (const [id, { step, definition, outcomes }] of steps) {
    if (definition?.role === 'end') continue
    const passed = step.disabled ? passedOutcome(definition) : undefined
    const leaving = ways.get(id)?.filter(({ outcome, to }) => {
      return steps.has(to) && (step.disabled ? outcome === passed : !outcomes || outcomes.has(outcome))
    })
    if (leaving) open.set(id, leaving)
  }
  const waysOf = (step: StepId): readonly Connection[] => open.get(step) ?? none
  const reached = start === undefined ? new Set<StepId>() : reach([start], waysOf)
  return {
    flow,
    definitions,
    lookup,
    steps,
    start,
    ends,
    waysOf,
    reached,
    background: backgroundPart(flow, definitions)
  }
}

const none: readonly Connection[] = []

/** The outcome by which a run passes a disabled step: its kind's first one. Undefined when it has none. */
export function passedOutcome(definition: StepDefinition | undefined): string | undefined {
  return definition && Object.keys(definition.outcomes)[0]
}

type Shape = Pick<SurveyedStep, 'inputs' | 'outcomes'>

const noShape: Shape = { inputs: {}, outcomes: undefined }

/** Gives the inputs and outcomes of steps; steps of a kind whose shape never differs share one. */
function shapesIn(surroundings: StepSurroundings): (definition: StepDefinition, step: Step) => Shape {
  const shared = new Map<StepDefinition, Shape>()
  return (definition, step) => {
    const known = shared.get(definition)
    const inputs =
      known && !definition.dynamicInputs && Object.values(definition.inputs).every(({ shownWhen }) => !shownWhen)
        ? known.inputs
        : inputsOf(definition, step, surroundings)
    const outcomes =
      known && !definition.dynamicOutcomes ? known.outcomes : knownOutcomes(definition, step, surroundings)
    const shape = { inputs, outcomes }
    if (!known) shared.set(definition, shape)
    return shape
  }
}

function knownOutcomes(
  definition: StepDefinition,
  step: Step,
  surroundings: StepSurroundings
): ReadonlyMap<string, Outcome> | undefined {
  if (definition.dynamicOutcomes && !definition.dynamicOutcomes(step, surroundings)) return undefined
  return new Map(outcomesOf(definition, step, surroundings).map((outcome) => [outcome.name, outcome]))
}
