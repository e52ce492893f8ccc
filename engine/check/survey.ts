import {
  type BackgroundPart,
  type Bodies,
  type Connection,
  type Flow,
  type Inputs,
  type Outcome,
  type Step,
  type StepDefinition,
  type StepId,
  type StepSurroundings,
  type ValueRecord,
  backgroundPart,
  findBodies,
  givenOutcomesOf,
  inputsOf,
  outcomesOf,
  passedOutcome,
  reach,
  settingsOf,
  waysByStep
} from '../model/index.ts'

/** What the checker asks of its surroundings: how flows that steps call are found. */
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
  /** Disabled: the outcome by which a run passes it. */
  readonly passed: string | undefined
  /** The same outcomes with the outputs that the step gives before its output mappings have a say. */
  readonly given: ReadonlyMap<string, Outcome> | undefined
}

/** A flow looked over once, for everything that is asked about it. */
export interface Survey {
  readonly flow: Flow
  readonly definitions: readonly StepDefinition[]
  readonly surroundings: StepSurroundings
  readonly lookup: FlowLookup
  /** In the order of the flow. Where an id occurs twice, the first. */
  readonly steps: ReadonlyMap<StepId, SurveyedStep>
  readonly start: StepId | undefined
  readonly ends: readonly Step[]
  /** Catch Exception and Catch Outcome steps, in the order in which a run asks them. */
  readonly catches: readonly SurveyedStep[]
  readonly outcomeCatches: readonly SurveyedStep[]
  /** The ways a run can take from a step: connections and jumps. */
  readonly waysOf: (step: StepId) => readonly Connection[]
  /** The steps a run can come to. */
  readonly reached: ReadonlySet<StepId>
  readonly background: BackgroundPart
  readonly bodies: Bodies
}

/** Looks a flow over. Never throws, whatever is wrong with it. */
export function surveyFlow(flow: Flow, definitions: readonly StepDefinition[], lookup: FlowLookup): Survey {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const surroundings: StepSurroundings = { flow, flowAt: (path) => lookup.flowAt(path) }
  const steps = surveySteps(flow, byType, surroundings)
  const all = [...steps.values()]
  const withRole = (role: StepDefinition['role']): SurveyedStep[] =>
    all.filter(({ definition }) => definition?.role === role)
  const start = withRole('start')[0]?.step.id
  const catches = withRole('catch').filter(({ step }) => !step.disabled)
  const outcomeCatches = withRole('catch-outcome').filter(({ step }) => !step.disabled)
  const ways = openWays(flow, byType, steps)
  const waysOf = (step: StepId): readonly Connection[] => ways.get(step) ?? none
  const roots = start === undefined ? [] : [start, ...[...catches, ...outcomeCatches].map(({ step }) => step.id)]
  return {
    flow,
    definitions,
    surroundings,
    lookup,
    steps,
    start,
    ends: withRole('end').map(({ step }) => step),
    catches,
    outcomeCatches,
    waysOf,
    reached: reach(roots, waysOf),
    background: backgroundPart(flow, definitions),
    bodies: findBodies({
      ids: steps.keys(),
      definitionOf: (id) => steps.get(id)?.definition,
      outcomesOf: (id) => steps.get(id)?.outcomes,
      isDisabled: (id) => steps.get(id)?.step.disabled === true,
      waysOf,
      roots
    })
  }
}

const none: readonly Connection[] = []

function surveySteps(
  flow: Flow,
  byType: ReadonlyMap<string, StepDefinition>,
  surroundings: StepSurroundings
): Map<StepId, SurveyedStep> {
  const shapes = shapesIn(surroundings)
  const steps = new Map<StepId, SurveyedStep>()
  for (const [index, step] of flow.steps.entries()) {
    if (steps.has(step.id)) continue
    const definition = byType.get(step.type)
    steps.set(step.id, {
      step,
      index,
      definition,
      settings: definition ? settingsOf(definition, step) : step.settings,
      passed: step.disabled ? passedOutcome(definition, step, surroundings) : undefined,
      ...(definition ? shapes(definition, step) : noShape)
    })
  }
  return steps
}

/** The ways that a run can take: none from an End Step, only one from a disabled step. */
function openWays(
  flow: Flow,
  byType: ReadonlyMap<string, StepDefinition>,
  steps: ReadonlyMap<StepId, SurveyedStep>
): Map<StepId, readonly Connection[]> {
  const open = new Map<StepId, readonly Connection[]>()
  for (const [id, ways] of waysByStep(flow, ({ type }) => byType.get(type))) {
    const { step, definition, outcomes, passed } = steps.get(id) ?? {}
    if (!step || definition?.role === 'end') continue
    open.set(
      id,
      ways.filter(({ outcome, to }) => {
        if (!steps.has(to)) return false
        if (step.disabled) return outcome === passed
        return definition?.jumpsTo ? outcome === '' : !outcomes || outcomes.has(outcome)
      })
    )
  }
  return open
}

type Shape = Pick<SurveyedStep, 'inputs' | 'outcomes' | 'given'>

const noShape: Shape = { inputs: {}, outcomes: undefined, given: undefined }

/** Gives the inputs and outcomes of steps; steps of a kind whose shape never differs share one. */
function shapesIn(surroundings: StepSurroundings): (definition: StepDefinition, step: Step) => Shape {
  const shared = new Map<StepDefinition, Shape & { readonly sameInputs: boolean }>()
  return (definition, step) => {
    const plain = !step.noData && !step.outputs
    const known = shared.get(definition)
    if (!known || !plain) {
      const shape = {
        ...knownOutcomes(definition, step, surroundings),
        inputs: inputsOf(definition, step, surroundings)
      }
      if (plain) shared.set(definition, { ...shape, sameInputs: hasSameInputs(definition) })
      return shape
    }
    if (known.sameInputs && !definition.dynamicOutcomes) return known
    return {
      ...(definition.dynamicOutcomes ? knownOutcomes(definition, step, surroundings) : known),
      inputs: known.sameInputs ? known.inputs : inputsOf(definition, step, surroundings)
    }
  }
}

function hasSameInputs(definition: StepDefinition): boolean {
  return (
    !definition.dynamicInputs &&
    Object.values(definition.inputs).every(
      ({ shownWhen, requiredWhen, variableOf }) => (shownWhen ?? requiredWhen ?? variableOf) === undefined
    )
  )
}

function knownOutcomes(
  definition: StepDefinition,
  step: Step,
  surroundings: StepSurroundings
): Pick<Shape, 'outcomes' | 'given'> {
  if (definition.dynamicOutcomes && !definition.dynamicOutcomes(step, surroundings)) return noShape
  const given = byName(givenOutcomesOf(definition, step, surroundings))
  return { given, outcomes: step.outputs ? byName(outcomesOf(definition, step, surroundings)) : given }
}

function byName(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  return new Map(outcomes.map((outcome) => [outcome.name, outcome]))
}
