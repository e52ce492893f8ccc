import { checkBackground } from './checkBackground.ts'
import { checkConnections } from './checkConnections.ts'
import { checkFlowData } from './checkFlowData.ts'
import { checkInputs } from './checkInputs.ts'
import { checkSettings } from './checkSettings.ts'
import { checkSteps } from './checkSteps.ts'
import type { DataCheck, Report } from './check.ts'
import { availabilityIn } from './availability.ts'
import { collectData, knownAt } from './availableData.ts'
import { checkCatches } from './checkCatches.ts'
import { checkLoops } from './checkLoops.ts'
import { checkOptions } from './checkOptions.ts'
import { checkOutputs } from './checkOutputs.ts'
import { checkParallel } from './checkParallel.ts'
import { dataReadIn } from './dataRead.ts'
import { type DataTypes, dataTypesIn } from './mappingType.ts'
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
  const availability = availabilityIn(survey, dataReadIn(survey))
  const found: { readonly problem: Problem; readonly rank: number }[] = []
  const report: Report = (problem) => {
    const place = problem.step === undefined ? -1 : (survey.steps.get(problem.step)?.index ?? -1)
    const rank = problem.severity === 'error' ? place : place + flow.steps.length + 1
    found.push({ problem: { ...problem, flow: flow.id, fixes: problem.fixes ?? [] }, rank })
  }
  const types: DataTypes = dataTypesIn(survey, (at) => knownAt(collectData(survey, availabilityIn(survey), types, at)))
  const check: DataCheck = { survey, types, availability, report }
  checkFlowData(survey, report)
  checkSteps(survey, report)
  checkOptions(survey, report)
  checkSettings(check)
  checkInputs(check)
  checkOutputs(survey, report)
  checkConnections(survey, report)
  checkParallel(survey, report)
  checkLoops(survey, report)
  checkCatches(survey, report)
  checkBackground(check)
  return found.sort((one, other) => one.rank - other.rank).map(({ problem }) => problem)
}
