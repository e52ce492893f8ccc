import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { changeStepAt, removeSteps, renameStep, setDisabled } from '../../edit/index.ts'
import { type Step, type StepId, reach, uniqueName, uniqueStepId } from '../../model/index.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks Start, End Steps, kinds and names of steps, and which of them a run could come to. */
export function checkSteps(survey: Survey, report: Report): void {
  checkEnds(survey, report)
  checkNames(survey, report)
  for (const surveyed of survey.steps.values()) checkKind(surveyed, report)
  for (const id of lonelySteps(survey)) {
    const name = survey.steps.get(id)?.step.name ?? id
    report({
      code: 'step-unreachable',
      severity: 'warning',
      message: checkMessages.unreachable(name),
      step: id,
      fixes: [{ title: fixes.remove(name), apply: (document) => removeSteps(document, [id]) }]
    })
  }
}

function checkEnds({ steps, start, ends, reached }: Survey, report: Report): void {
  const starts = [...steps.values()].filter(({ definition }) => definition?.role === 'start')
  const startName = starts[0]?.step.name ?? ''
  if (start === undefined) report({ code: 'no-start', severity: 'error', message: checkMessages.noStart })
  for (const { step } of starts.slice(1))
    report({
      code: 'several-starts',
      severity: 'error',
      message: checkMessages.severalStarts(step.name, startName),
      step: step.id,
      fixes: [{ title: fixes.remove(step.name), apply: (document) => removeSteps(document, [step.id]) }]
    })
  if (ends.length === 0) report({ code: 'no-end', severity: 'error', message: checkMessages.noEnd })
  else if (start !== undefined && !ends.some(({ id }) => reached.has(id)))
    report({ code: 'end-not-reached', severity: 'error', message: checkMessages.endNotReached(startName), step: start })
}

function checkKind({ step, definition, passed }: SurveyedStep, report: Report): void {
  if (!definition)
    report({
      code: 'step-type-unknown',
      severity: 'error',
      message: checkMessages.typeUnknown(step.name, step.type),
      step: step.id,
      fixes: []
    })
  else if (step.disabled && passed === undefined)
    report({
      code: 'disabled-no-way',
      severity: 'error',
      message: checkMessages.disabledNoWay(step.name),
      step: step.id,
      fixes: [{ title: fixes.enable, apply: (document) => setDisabled(document, step.id, false) }]
    })
}

function checkNames({ flow }: Survey, report: Report): void {
  const byId = new Map<StepId, Step>()
  const byName = new Map<string, number>()
  for (const [index, step] of flow.steps.entries()) {
    const twin = byId.get(step.id)
    if (twin)
      report({
        code: 'step-id-twice',
        severity: 'error',
        message: checkMessages.idTwice(step.name, twin.name, step.id),
        step: step.id,
        fixes: [
          {
            title: fixes.newId,
            apply: (document) =>
              changeStepAt(document, index, (old) => ({ ...old, id: uniqueStepId(document.flow, old.type) }))
          }
        ]
      })
    else byId.set(step.id, step)
    const first = byName.get(step.name)
    const problem = { severity: 'warning', step: step.id } as const
    if (step.name.trim() === '')
      report({ ...problem, code: 'step-name-empty', message: checkMessages.nameEmpty(step.type) })
    else if (first === undefined) byName.set(step.name, index)
    else if (!twin) {
      const free = uniqueName(flow, step.name.replace(/ \d+$/, ''), true)
      report({
        ...problem,
        code: 'step-name-twice',
        message: checkMessages.nameTwice(step.name, first + 1, index + 1),
        fixes: [{ title: fixes.rename(free), apply: (document) => renameStep(document, step.id, free) }]
      })
    }
  }
}

function isBeginning(definition: SurveyedStep['definition']): boolean {
  return definition?.role === 'catch' || definition?.role === 'catch-outcome'
}

/**
 * The steps that have to be connected so that a run can come to all: those nothing leads to, and the first of each
 * circle that nothing leads into. What stands behind them is not told of again.
 */
function lonelySteps({ steps, reached, waysOf }: Survey): StepId[] {
  const open = [...steps.values()].filter(({ step, definition }) => {
    return !reached.has(step.id) && definition?.role !== 'start' && !isBeginning(definition)
  })
  const led = new Set(open.flatMap(({ step }) => waysOf(step.id).map(({ to }) => to)))
  const lonely = open.map(({ step }) => step.id).filter((id) => !led.has(id))
  const behind = reach(lonely, waysOf)
  for (const { step } of open) {
    if (behind.has(step.id)) continue
    lonely.push(step.id)
    for (const id of reach([step.id], waysOf)) behind.add(id)
  }
  return lonely
}
