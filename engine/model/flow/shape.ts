import { noData, onException } from './connection.ts'
import type {
  InputDefinition,
  Inputs,
  OutcomeDefinition,
  OutputDefinition,
  SettingIs,
  StepDefinition,
  StepSurroundings
} from '../step/definition.ts'
import { type Flow, settableOf } from './flow.ts'
import { type Mapping, keptAs } from '../mapping/mapping.ts'
import type { Step } from '../step/step.ts'
import { type Value, type ValueRecord, entryOf } from '../value/value.ts'

/** A named way out of one step of one flow. */
export interface Outcome extends OutcomeDefinition {
  readonly name: string
}

const exceptionOutcome: OutcomeDefinition = {
  summary: 'Taken when the step fails.',
  outputs: {
    Error: { type: 'Record', summary: 'What went wrong: message, code, step and detail.' }
  }
}

const noDataOutcome: OutcomeDefinition = { summary: 'Taken when a required input has no value.', outputs: {} }

/**
 * The outcomes of a step in the order in which they are drawn, No Data and On Exception last, with the outputs that
 * later steps find: those that its output mappings leave, under the names they give.
 */
export function outcomesOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Outcome[] {
  const given = givenOutcomesOf(definition, step, surroundings)
  const mappings = step.outputs
  if (!mappings) return given
  return given.map((outcome) => {
    if (outcome.name === onException) return outcome
    const outputs = Object.entries(outcome.outputs).flatMap(([name, output]): [string, OutputDefinition][] => {
      const kept = keptName(step, name)
      return kept === undefined ? [] : [[kept, output]]
    })
    return { ...outcome, outputs: Object.fromEntries(outputs) }
  })
}

/**
 * The outcomes of a step with the outputs that the step itself gives, whatever its output mappings make of them. No two
 * have the same name: where a setting names one On Exception, which the checker tells of, there is the usual one only.
 */
export function givenOutcomesOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Outcome[] {
  const named = definition.dynamicOutcomes?.(step, surroundings) ?? definition.outcomes
  const outcomes = new Map(Object.entries(named))
  const addLast = (name: string, outcome: OutcomeDefinition): void => {
    outcomes.delete(name)
    outcomes.set(name, outcome)
  }
  if (step.noData) addLast(noData, noDataOutcome)
  if (definition.canFail) addLast(onException, exceptionOutcome)
  return [...outcomes].map(([name, outcome]) => ({ name, ...outcome }))
}

/** The name under which later steps find an output of `step`; undefined when its mapping keeps it from them. */
export function keptName({ outputs }: Step, output: string): string | undefined {
  const mapping = entryOf(outputs, output)
  return mapping === undefined ? output : keptAs(mapping)
}

/**
 * The outcome by which a run passes a disabled step: its first one that leads to no body. Without the step and its
 * surroundings, that of its kind.
 */
export function passedOutcome(
  definition: StepDefinition | undefined,
  step?: Step,
  surroundings?: StepSurroundings
): string | undefined {
  const own = step && surroundings ? definition?.dynamicOutcomes?.(step, surroundings) : undefined
  return Object.entries(own ?? definition?.outcomes ?? {}).find(([, { locals }]) => !locals)?.[0]
}

/** The inputs of a step, fixed ones first. Whether one is required depends on the settings: none that they hide is. */
export function inputsOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Inputs {
  const settings = settingsOf(definition, step)
  const all = { ...definition.inputs, ...definition.dynamicInputs?.(step, surroundings) }
  return Object.fromEntries(
    Object.entries(all).map(([name, input]): [string, InputDefinition] => {
      const typed =
        input.variableOf === undefined ? input : ofVariable(input, settings[input.variableOf], surroundings.flow)
      const { required = false, requiredWhen, shownWhen } = typed
      const isRequired =
        (required || (requiredWhen !== undefined && holds(requiredWhen, settings))) && isShown(shownWhen, settings)
      return [name, isRequired === required ? typed : { ...typed, required: isRequired }]
    })
  )
}

function ofVariable(input: InputDefinition, name: Value | undefined, flow: Flow): InputDefinition {
  const variable = settableOf(flow).find((one) => one.name === name)
  return variable ? { ...input, type: variable.type } : input
}

/** Whether a field is shown while the step has these settings. */
export function isShown(shownWhen: SettingIs | undefined, settings: ValueRecord): boolean {
  return shownWhen === undefined || holds(shownWhen, settings)
}

function holds({ setting, is }: SettingIs, settings: ValueRecord): boolean {
  return is.includes(settings[setting] ?? null)
}

/** The settings of a step, initial ones filled in. */
export function settingsOf(definition: StepDefinition, step: Step): ValueRecord {
  const settings: { [name: string]: Value } = {}
  for (const [name, setting] of Object.entries(definition.settings))
    settings[name] = entryOf(step.settings, name) ?? setting.initial
  return settings
}

/** The mapping of one input: the step's own, else the definition's initial one, else unset. */
export function mappingOf(inputs: Inputs, step: Step, name: string): Mapping {
  return entryOf(step.inputs, name) ?? entryOf(inputs, name)?.initial ?? { kind: 'unset' }
}
