import { onException } from './connection.ts'
import type { Inputs, OutcomeDefinition, StepDefinition, StepSurroundings } from './definition.ts'
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

/** The inputs of a step, fixed ones first. */
export function inputsOf(definition: StepDefinition, step: Step, surroundings: StepSurroundings): Inputs {
  return { ...definition.inputs, ...definition.dynamicInputs?.(step, surroundings) }
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
