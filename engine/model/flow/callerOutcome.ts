import type { StepDefinition } from '../step/definition.ts'
import type { Flow } from './flow.ts'
import type { Step } from '../step/step.ts'

/** The End Steps of a flow, in the order of the file. */
export function endStepsOf(flow: Flow, definitions: readonly StepDefinition[]): Step[] {
  const ends = new Set(definitions.filter(({ role }) => role === 'end').map(({ type }) => type))
  return flow.steps.filter((step) => ends.has(step.type))
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
