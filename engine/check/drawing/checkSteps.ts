import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { changeStepAt, removeSteps, renameStep, setDisabled } from '../../edit/index.ts'
import {
  type Step,
  type StepId,
  callerOutcomeOf,
  noData,
  onException,
  reach,
  uniqueName,
  uniqueStepId
} from '../../model/index.ts'
import type { Fix } from '../problem.ts'
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

function checkEnds(survey: Survey, report: Report): void {
  const { steps, start, ends } = survey
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
  else if (start !== undefined && !replies(survey))
    report({ code: 'end-not-reached', severity: 'error', message: checkMessages.endNotReached(startName), step: start })
}

/** Whether a run can come to a step at which the caller gets its reply. */
function replies({ steps, reached }: Survey): boolean {
  return [...reached].some((id) => {
    const { step, definition } = steps.get(id) ?? {}
    return definition?.role === 'end' || (definition?.detaches === true && !step?.disabled)
  })
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

function checkNames({ flow, steps }: Survey, report: Report): void {
  const byId = new Map<StepId, Step>()
  const byName = new Map<string, number>()
  /** What is free instead of a name that occurs twice: the same for all who have it. */
  const freeNames = new Map<string, string>()
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
    const definition = steps.get(step.id)?.definition
    const rename = (to: string): Fix => ({
      title: fixes.rename(to),
      apply: (document) => renameStep(document, step.id, to)
    })
    const title = (): string => uniqueName(flow, definition?.title ?? step.type, true)
    const isEnd = definition?.role === 'end'
    if (step.name.trim() === '')
      report({
        ...problem,
        severity: isEnd ? 'error' : 'warning',
        code: 'step-name-empty',
        message: isEnd ? checkMessages.endNameEmpty : checkMessages.nameEmpty(step.type),
        fixes: [rename(title())]
      })
    else if (isEnd && (step.name.trim() === onException || step.name.trim() === noData))
      report({
        ...problem,
        severity: 'error',
        code: 'end-name-reserved',
        message: checkMessages.endNameReserved(step.name),
        fixes: [rename(title())]
      })
    else if (first === undefined) byName.set(step.name, index)
    else if (!twin) {
      const base = step.name.replace(/ \d+$/, '')
      const free = freeNames.get(base) ?? uniqueName(flow, base, true)
      freeNames.set(base, free)
      report({
        ...problem,
        code: 'step-name-twice',
        message: checkMessages.nameTwice(step.name, first + 1, index + 1),
        fixes: [rename(free)]
      })
    }
  }
}

function isBeginning(definition: SurveyedStep['definition']): boolean {
  return definition?.role === 'catch' || definition?.role === 'catch-outcome'
}

/** The End Steps that callers get at a Go Async step to which a run can come. */
function namedByGoAsync({ flow, definitions, steps, reached }: Survey): Set<StepId | undefined> {
  const detachers = [...steps.values()].filter(({ step, definition }) => {
    return definition?.detaches && !step.disabled && reached.has(step.id)
  })
  return new Set(detachers.map(({ step }) => callerOutcomeOf(flow, step, definitions)?.id))
}

/**
 * The steps that have to be connected so that a run can come to all: those nothing leads to, and the first of each
 * circle that nothing leads into. What stands behind them is not told of again.
 */
function lonelySteps(survey: Survey): StepId[] {
  const { steps, reached, waysOf } = survey
  const named = namedByGoAsync(survey)
  const open = [...steps.values()].filter(({ step, definition }) => {
    return !reached.has(step.id) && definition?.role !== 'start' && !isBeginning(definition) && !named.has(step.id)
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
