import { availabilityIn } from './availability.ts'
import type { StepDefinition } from './definition.ts'
import type { FlowDocument } from './flow.ts'
import { type Path, formatPath } from './path.ts'
import type { StepId } from './step.ts'
import { type FlowLookup, surveyFlow } from './survey.ts'
import type { ValueType } from './valueType.ts'

/** A value that a step can take from the flow. */
export interface AvailableData {
  /** What a mapping writes to take it. */
  readonly path: Path
  readonly type: ValueType
  /** The flow input's or the step output's name. */
  readonly name: string
  readonly summary: string
  /** The step that gives it; absent for an input of the flow. */
  readonly step?: StepId
  /** 'some': only on some of the paths to the step, so that it may be empty. */
  readonly availability: 'always' | 'some'
}

/**
 * What the step `at` can take from the flow: the flow's inputs, then step outputs in the order of the flow. A step that
 * no run comes to yet is offered what all other steps give, marked as 'some', so that it can be set up before.
 */
export function availableData(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  lookup: FlowLookup,
  at: StepId
): AvailableData[] {
  const survey = surveyFlow(document.flow, definitions, lookup)
  const availability = availabilityIn(survey)
  const reached = survey.reached.has(at)
  const data: AvailableData[] = document.flow.inputs.map(({ name, type }) => {
    return { path: formatPath(['flow', name]), type, name, summary: '', availability: 'always' }
  })
  for (const [step, { outcomes }] of survey.steps) {
    const offered = new Set<string>()
    for (const outcome of outcomes?.values() ?? [])
      for (const [name, { type, summary }] of Object.entries(outcome.outputs)) {
        if (offered.has(name)) continue
        offered.add(name)
        const available = reached ? availability(at, step, name) : step === at ? 'never' : 'some'
        if (available !== 'never')
          data.push({ path: formatPath(['steps', step, name]), type, name, summary, step, availability: available })
      }
  }
  return data
}
