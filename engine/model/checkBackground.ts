import { checkMessages } from '../messages/check.ts'
import type { availabilityIn } from './availability.ts'
import type { Report } from './check.ts'
import { callerOutcomeOf } from './callerOutcome.ts'
import { dataPathsIn } from './dataPath.ts'
import { removeFlowOutput } from './editFlow.ts'
import { setSetting } from './editSteps.ts'
import { pathsOf } from './mappingPaths.ts'
import { mappingOf } from './shape.ts'
import type { Step } from './step.ts'
import type { Survey } from './survey.ts'
import { textOf } from './template.ts'

const { fixes } = checkMessages

/** Checks the Go Async steps: which reply they give, and whether there is one left to give. */
export function checkBackground(survey: Survey, availability: ReturnType<typeof availabilityIn>, report: Report): void {
  const told = new Set<string>()
  for (const { step, definition } of survey.steps.values()) {
    if (!definition?.detaches || step.disabled) continue
    if (survey.background.steps.has(step.id)) {
      const message = checkMessages.alreadyInBackground(step.name)
      report({ code: 'already-in-background', severity: 'warning', message, step: step.id })
      continue
    }
    const end = callerOutcomeOf(survey.flow, step, survey.definitions)
    if (!end) checkCallerOutcome(survey, step, report)
    else if (survey.reached.has(step.id)) checkOutputs(survey, step, end, availability, told, report)
  }
}

function checkCallerOutcome({ ends, steps }: Survey, step: Step, report: Report): void {
  const settings = Object.entries(steps.get(step.id)?.definition?.settings ?? {})
  const field = settings.find(([, { kind }]) => kind === 'end-step')?.[0]
  if (field === undefined || ends.length === 0) return
  const chosen = step.settings[field] ?? ''
  const names = checkMessages.either(ends.map(({ name }) => name))
  report({
    code: chosen === '' ? 'caller-outcome-open' : 'caller-outcome-unknown',
    severity: 'error',
    message:
      chosen === ''
        ? checkMessages.callerOutcomeOpen(step.name, names)
        : checkMessages.callerOutcomeUnknown(step.name, textOf(chosen)),
    step: step.id,
    field,
    fixes: ends.map((end) => ({
      title: fixes.callerGets(end.name),
      apply: (document) => setSetting(document, step.id, field, end.id)
    }))
  })
}

/** Finds the outputs of the flow that have no value yet when `step` gives the reply of the End Step `end`. */
function checkOutputs(
  survey: Survey,
  step: Step,
  end: Step,
  availability: ReturnType<typeof availabilityIn>,
  told: Set<string>,
  report: Report
): void {
  const lookUp = dataPathsIn(survey)
  const inputs = survey.steps.get(end.id)?.inputs ?? {}
  for (const { name } of survey.flow.outputs) {
    if (told.has(name)) continue
    const isLater = pathsOf(mappingOf(inputs, end, name)).some((path) => {
      const data = lookUp(path)
      if (data.kind !== 'output' || !data.type || survey.steps.get(data.step)?.step.disabled) return false
      return survey.reached.has(data.step) && availability(step.id, data.step, data.output) === 'never'
    })
    if (!isLater) continue
    told.add(name)
    report({
      code: 'output-in-background',
      severity: 'warning',
      message: checkMessages.outputInBackground(name, step.name),
      step: end.id,
      field: name,
      fixes: [
        {
          title: fixes.removeOutput,
          apply: (document) => removeFlowOutput(document, survey.definitions, name)
        }
      ]
    })
  }
}
