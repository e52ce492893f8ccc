import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { type StepId, reach } from '../../model/index.ts'
import { endsHere } from '../openOutcomes.ts'
import type { Survey } from '../survey.ts'

/** Finds circles that a run could never leave: no way leads from them to where something ends. */
export function checkLoops(survey: Survey, report: Report): void {
  const stuck = stuckSteps(survey)
  if (stuck.size === 0) return
  const told = new Set<StepId>()
  for (const [id, { step }] of survey.steps) {
    if (!stuck.has(id) || told.has(id)) continue
    const ahead = reach(
      survey.waysOf(id).map(({ to }) => to),
      survey.waysOf
    )
    if (!ahead.has(id)) continue
    for (const one of ahead) told.add(one)
    const names = [...ahead].slice(0, 4).map((one) => survey.steps.get(one)?.step.name ?? one)
    const more = ahead.size > names.length ? ' …' : ''
    report({
      code: 'loop-no-exit',
      severity: 'warning',
      message: checkMessages.loopNoExit(step.name, checkMessages.either(names) + more),
      step: id
    })
  }
}

/** The steps from which a run comes to no end: to no End Step, no outcome that is not connected, no body's end. */
function stuckSteps(survey: Survey): Set<StepId> {
  const { steps, reached, waysOf } = survey
  const into = new Map<StepId, StepId[]>()
  const ending = new Set<StepId>()
  for (const id of reached) {
    const surveyed = steps.get(id)
    if (!surveyed || endsHere(survey, surveyed)) ending.add(id)
    for (const { to } of waysOf(id)) {
      const known = into.get(to)
      if (known) known.push(id)
      else into.set(to, [id])
    }
  }
  for (const id of ending) for (const before of into.get(id) ?? []) ending.add(before)
  return new Set([...reached].filter((id) => !ending.has(id)))
}
