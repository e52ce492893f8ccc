import { checkMessages } from '../../messages/check.ts'
import type { DataCheck, Report } from '../check.ts'
import { type Step, callerOutcomeOf, mappingOf, passedOutcome, textOf } from '../../model/index.ts'
import { pathsOf } from '../../mapping/index.ts'
import type { KnownPath } from '../data/dataPath.ts'
import { moveBehind, removeFlowOutput, setSetting } from '../../edit/index.ts'
import type { Fix } from '../problem.ts'
import type { Survey } from '../survey.ts'

const { fixes } = checkMessages

/** Checks the Go Async steps: which reply they give, and whether there is one left to give. */
export function checkBackground(check: DataCheck): void {
  const { survey, report } = check
  const told = new Set<string>()
  for (const { step, definition } of survey.steps.values()) {
    if (!definition?.detaches || step.disabled) continue
    if (survey.background.steps.has(step.id)) {
      const message = checkMessages.alreadyInBackground(step.name)
      report({ code: 'already-in-background', severity: 'warning', message, step: step.id })
      continue
    }
    checkBranch(survey, step, report)
    const end = callerOutcomeOf(survey.flow, step, survey.definitions)
    if (!end) checkCallerOutcome(survey, step, report)
    else if (survey.reached.has(step.id)) checkOutputs(check, step, end, told)
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

/** On a path of a Parallel, or of a loop that runs several bodies at once, only that path goes on in the background. */
function checkBranch({ bodies, steps, reached }: Survey, { id, name }: Step, report: Report): void {
  if (!reached.has(id)) return
  for (const { owner, kind } of bodies.around.get(id) ?? []) {
    const { step, definition, settings } = steps.get(owner) ?? {}
    if (!step || !settings || !(kind === 'path' || definition?.concurrent?.(settings))) continue
    const message = checkMessages.asyncInBranch(name, step.name)
    report({ code: 'async-in-branch', severity: 'warning', message, step: id })
    return
  }
}

/** Finds the outputs of the flow that have no value yet when `step` gives the reply of the End Step `end`. */
function checkOutputs(check: DataCheck, step: Step, end: Step, told: Set<string>): void {
  const { survey, types, availability, report } = check
  const inputs = survey.steps.get(end.id)?.inputs ?? {}
  for (const { name } of survey.flow.outputs) {
    if (told.has(name)) continue
    const late = pathsOf(mappingOf(inputs, end, name)).flatMap((path): KnownPath[] => {
      const data = types.lookUp(end.id, path)
      if (data.kind === 'unknown' || !data.type || data.source.kind === 'input' || data.source.kind === 'local')
        return []
      const isLate =
        availability.of(step.id, data.source) === 'never' && availability.of(end.id, data.source) !== 'never'
      return isLate ? [data] : []
    })
    const [first] = late
    if (!first) continue
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
        },
        ...(late.length === 1 ? replyAfter(survey, step, first) : [])
      ]
    })
  }
}

/** Moves the Go Async step behind the one that gives a value, where that is reached along one way. */
function replyAfter({ steps, background, waysOf }: Survey, step: Step, { source }: KnownPath): Fix[] {
  const giver = source.kind === 'output' ? steps.get(source.step) : undefined
  const onward = passedOutcome(steps.get(step.id)?.definition)
  if (source.kind !== 'output' || !giver || onward === undefined || !background.steps.has(giver.step.id)) return []
  const giving = waysOf(giver.step.id).filter(({ outcome }) =>
    Object.hasOwn(giver.outcomes?.get(outcome)?.outputs ?? {}, source.output)
  )
  const [way] = giving
  if (giving.length !== 1 || !way) return []
  const title = fixes.replyAfter(giver.step.name)
  return [{ title, apply: (document) => moveBehind(document, step.id, onward, way) }]
}
