import { checkBackground } from './checkBackground.ts'
import { checkConnections } from './checkConnections.ts'
import { checkFlowData } from './checkFlowData.ts'
import { checkInputs } from './checkInputs.ts'
import { checkSettings } from './checkSettings.ts'
import { checkSteps } from './checkSteps.ts'
import type { Report } from './check.ts'
import { availabilityIn } from './availability.ts'
import type { StepDefinition } from './definition.ts'
import type { FlowDocument } from './flow.ts'
import type { Problem } from './problem.ts'
import { type FlowLookup, surveyFlow } from './survey.ts'

/**
 * Everything that is wrong with a flow: errors first, then by the order of its steps, with what concerns the whole flow
 * before that. Never throws. `lookup` finds the flows that its steps call, as their settings name them.
 */
export function checkFlow(
  document: FlowDocument,
  definitions: readonly StepDefinition[],
  lookup: FlowLookup
): Problem[] {
  const { flow } = document
  const survey = surveyFlow(flow, definitions, lookup)
  const availability = availabilityIn(survey)
  const found: { readonly problem: Problem; readonly rank: number }[] = []
  const report: Report = (problem) => {
    const place = problem.step === undefined ? -1 : (survey.steps.get(problem.step)?.index ?? -1)
    const rank = problem.severity === 'error' ? place : place + flow.steps.length + 1
    found.push({ problem: { ...problem, flow: flow.id, fixes: problem.fixes ?? [] }, rank })
  }
  checkFlowData(survey, report)
  checkSteps(survey, report)
  checkSettings(survey, report)
  checkInputs(survey, availability, report)
  checkConnections(survey, report)
  checkBackground(survey, availability, report)
  return found.sort((one, other) => one.rank - other.rank).map(({ problem }) => problem)
}
