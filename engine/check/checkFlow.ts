import { checkBackground } from './drawing/checkBackground.ts'
import { checkConnections } from './drawing/checkConnections.ts'
import { checkFlowData } from './values/checkFlowData.ts'
import { checkInputs } from './values/checkInputs.ts'
import { checkSettings } from './values/checkSettings.ts'
import { checkSteps } from './drawing/checkSteps.ts'
import type { DataCheck, Report } from './check.ts'
import { availabilityIn } from './data/availability.ts'
import { collectData, knownAt } from './data/availableData.ts'
import { checkCatches } from './drawing/checkCatches.ts'
import { checkLoops } from './drawing/checkLoops.ts'
import { checkOptions } from './drawing/checkOptions.ts'
import { checkOutputs } from './values/checkOutputs.ts'
import { checkParallel } from './drawing/checkParallel.ts'
import { dataReadIn } from './data/dataRead.ts'
import { type DataTypes, dataTypesIn } from './data/dataTypes.ts'
import type { FlowDocument, StepDefinition } from '../model/index.ts'
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
