import { onException } from './connection.ts'
import type {
  InputDefinition,
  Inputs,
  OutcomeDefinition,
  ShownWhen,
  StepDefinition,
  StepSurroundings
} from './definition.ts'
import type { Mapping } from './mapping.ts'
import type { Step } from './step.ts'
import type { Value, ValueRecord } from './value.ts'

/** A named way out of one step of one flow. */
export interface Outcome extends OutcomeDefinition {
  readonly name: string
}

/** The outputs of the outcome On Exception. */
const exceptionOutputs: OutcomeDefinition = {
  summary: 'Taken when the step fails.',
  outputs: {
    Error: { type: 'Record', summary: 'What went wrong: message, code, step and detail.' }
  }
}

/** The outcomes of a step in the order in which they are drawn, On Exception last. */
export function outcomesOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Outcome[] {
  const named = definition.dynamicOutcomes?.(step, surroundings) ?? definition.outcomes
  const outcomes = Object.entries(named).map(([name, outcome]) => ({ name, ...outcome }))
  return definition.canFail ? [...outcomes, { name: onException, ...exceptionOutputs }] : outcomes
}

/** The inputs of a step, fixed ones first. One that its settings hide is not required. */
export function inputsOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Inputs {
  const settings = settingsOf(definition, step)
  const all = { ...definition.inputs, ...definition.dynamicInputs?.(step, surroundings) }
  return Object.fromEntries(
    Object.entries(all).map(([name, input]): [string, InputDefinition] => [
      name,
      input.required && !isShown(input.shownWhen, settings) ? { ...input, required: false } : input
    ])
  )
}

/** Whether a field is shown while the step has these settings. */
export function isShown(shownWhen: ShownWhen | undefined, settings: ValueRecord): boolean {
  return shownWhen === undefined || shownWhen.is.includes(settings[shownWhen.setting] ?? null)
}

/** The settings of a step, initial ones filled in. */
export function settingsOf(definition: StepDefinition, step: Step): ValueRecord {
  const settings: { [name: string]: Value } = {}
  for (const [name, setting] of Object.entries(definition.settings))
    settings[name] = step.settings[name] ?? setting.initial
  return settings
}

/** The mapping of one input: the step's own, else the definition's initial one, else unset. */
export function mappingOf(inputs: Inputs, step: Step, name: string): Mapping {
  return step.inputs[name] ?? inputs[name]?.initial ?? { kind: 'unset' }
}
