import type { StepDefinition } from '../step/definition.ts'
import type { Flow } from './flow.ts'
import type { Step } from '../step/step.ts'

/** The End Steps of a flow, in the order of the file, each with the name that callers get as outcome. */
export function endStepsOf(flow: Flow, definitions: readonly StepDefinition[]): Step[] {
  const ends = new Map(
    definitions.filter(({ role }) => role === 'end').map((definition) => [definition.type, definition])
  )
  return flow.steps.filter(({ type }) => ends.has(type)).map((step) => namedEnd(step, ends.get(step.type)))
}

/** An End Step with the name that callers get as outcome: the title of its kind where nobody has named it. */
export function namedEnd(step: Step, definition: StepDefinition | undefined): Step {
  return definition && step.name.trim() === '' ? { ...step, name: definition.title } : step
}

/**
 * The End Step that the reply at the Go Async step `step` names: the one its setting Caller outcome holds, else the only
 * End Step of the flow. Undefined when the setting names none, or is empty while there are several.
 */
export function callerOutcomeOf(flow: Flow, step: Step, definitions: readonly StepDefinition[]): Step | undefined {
  const ends = endStepsOf(flow, definitions)
  const definition = definitions.find(({ type }) => type === step.type)
  const setting = Object.entries(definition?.settings ?? {}).find(([, { kind }]) => kind === 'end-step')?.[0]
  const chosen = setting === undefined ? '' : (step.settings[setting] ?? '')
  if (chosen === '') return ends.length === 1 ? ends[0] : undefined
  return ends.find(({ id }) => id === chosen)
}
