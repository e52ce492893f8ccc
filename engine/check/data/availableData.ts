import { type Availabilities, type Availability, availabilityIn } from './availability.ts'
import type { DataSource } from './dataBits.ts'
import { bodiesWith, outputTypes, typeOfLocal } from './dataPath.ts'
import {
  type FlowDocument,
  type OutcomeDefinition,
  type Path,
  type StepDefinition,
  type StepId,
  type ValueType,
  entryOf,
  formatPath,
  parsePath
} from '../../model/index.ts'
import { type DataTypes, dataTypesIn } from './dataTypes.ts'
import { type FlowLookup, type Survey, surveyFlow } from '../survey.ts'

/** A value that a step can take from the flow. */
export interface AvailableData {
  /** What a mapping writes to take it. */
  readonly path: Path
  readonly type: ValueType
  /** The name of the flow input, the variable, the step output or the value that a body adds. */
  readonly name: string
  readonly summary: string
  /** The step that gives it; absent for an input or a variable of the flow. */
  readonly step?: StepId
  /** 'some': only on some of the paths to the step, so that it may be empty. */
  readonly availability: 'always' | 'some'
}

/**
 * What the step `at` can take from the flow: the flow's inputs and variables, step outputs in the order of the flow, then
 * what the bodies around it add, the outermost first. A step that no run comes to yet is offered what all other steps
 * give, marked as 'some', so that it can be set up before.
 */
export function availableData(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  lookup: FlowLookup,
  at: StepId
): AvailableData[] {
  const survey = surveyFlow(document.flow, definitions, lookup)
  const availability = availabilityIn(survey)
  const types = dataTypesIn(survey, (step) => knownAt(dataAt(step)))
  const dataAt = (step: StepId): AvailableData[] => collectData(survey, availability, types, step)
  return dataAt(at)
}

/** The same in the form in which expressions ask for it. */
export function knownAt(data: readonly AvailableData[]): { readonly path: string[]; readonly type: ValueType }[] {
  return data.map(({ path, type }) => ({ path: parsePath(path), type }))
}

/** What the step `at` of a surveyed flow can take. */
export function collectData(
  survey: Survey,
  availability: Availabilities,
  types: DataTypes,
  at: StepId
): AvailableData[] {
  const { flow, reached, steps, bodies } = survey
  const data: AvailableData[] = flow.inputs.map(({ name, type }) => {
    return { path: formatPath(['flow', name]), type, name, summary: '', availability: 'always' }
  })
  const add = (found: Availability, value: Omit<AvailableData, 'availability'>): void => {
    if (found !== 'never') data.push({ ...value, availability: found })
  }
  const look = (source: DataSource): Availability => (reached.has(at) ? availability.of(at, source) : 'some')
  for (const { name, type } of flow.variables ?? []) {
    const found = look({ kind: 'variable', name })
    add(found === 'never' ? 'some' : found, { path: formatPath(['flow', name]), type, name, summary: '' })
  }
  for (const [step, { outcomes }] of steps)
    for (const [name, type] of outputTypes(outcomes?.values() ?? [])) {
      const summary = summaryOf(outcomes?.values() ?? [], name)
      const found = !reached.has(at) && step === at ? 'never' : look({ kind: 'output', step, output: name })
      add(found, { path: formatPath(['steps', step, name]), type, name, summary, step })
    }
  const around = (bodies.around.get(at) ?? []).toSorted((one, other) => other.steps.size - one.steps.size)
  for (const { owner, outcome } of around)
    for (const [name, local] of Object.entries(outcome.locals ?? {})) {
      if (bodiesWith(survey, at, name)[0]?.owner !== owner) continue
      const surveyed = steps.get(owner)
      const type = surveyed ? typeOfLocal(surveyed, local, types.itemsOf) : local.type
      const found = look({ kind: 'local', owner, name })
      add(found, { path: formatPath([name]), type, name, summary: local.summary, step: owner })
    }
  return data
}

function summaryOf(outcomes: Iterable<OutcomeDefinition>, output: string): string {
  return [...outcomes].flatMap(({ outputs }) => entryOf(outputs, output)?.summary ?? [])[0] ?? ''
}
