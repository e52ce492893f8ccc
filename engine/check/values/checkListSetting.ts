import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { twice } from './checkFlowData.ts'
import { type Step, type Value, isRecord, noData, onException, textOf } from '../../model/index.ts'
import { setSetting } from '../../edit/index.ts'
import type { Fix } from '../problem.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks a setting that holds several texts, ids of steps, or names with types. */
export function checkListSetting(
  survey: Survey,
  { step, definition }: SurveyedStep,
  name: string,
  values: readonly Value[],
  report: Report
): void {
  const setting = definition?.settings[name]
  const names = values.map((value) => textOf(isRecord(value) ? value.name : value))
  const tell = (severity: 'error' | 'warning', code: string, message: string, mends: readonly Fix[] = []): void =>
    report({ code, severity, message, step: step.id, field: name, fixes: mends })
  const keepOnly = (title: string, which: (text: string, index: number) => boolean): Fix => ({
    title,
    apply: (document) =>
      setSetting(document, step.id, name, values.filter((_, index) => which(names[index] ?? '', index))) // prettier-ignore
  })
  if (setting?.kind === 'steps') {
    const missing = names.filter((id) => !survey.steps.has(id))
    for (const id of missing)
      tell('error', 'step-unknown', checkMessages.stepMissing(name, step.name, id), [
        keepOnly(fixes.removeMissing, (one) => survey.steps.has(one))
      ])
  } else {
    const isValues = setting?.kind === 'values'
    if (names.some((text) => text.trim() === ''))
      tell(
        isValues ? 'error' : 'warning',
        'setting-text-empty',
        (isValues ? checkMessages.valueNameEmpty : checkMessages.textEmpty)(name, step.name),
        [keepOnly(fixes.removeEmpty, (text) => text.trim() !== '')]
      )
    for (const text of twice(names.filter((one) => one.trim() !== '').map((one) => ({ name: one }))))
      tell(isValues ? 'error' : 'warning', 'setting-text-twice', checkMessages.textTwice(text, name, step.name), [
        keepOnly(fixes.removeDoubles, (one, index) => names.indexOf(one) === index)
      ])
    checkReserved(step, definition, name, names, tell)
  }
  const isNeeded = (setting?.kind === 'texts' || setting?.kind === 'steps') && setting.needed
  if (isNeeded && names.every((text) => text.trim() === ''))
    tell('warning', 'setting-needed', checkMessages.settingNeeded(name, step.name))
}

/**
 * Texts that are outcomes may not be called like those that the step has anyway, or that every step may have; names of
 * values not like `toString`.
 */
function checkReserved(
  step: Step,
  definition: SurveyedStep['definition'],
  name: string,
  names: readonly string[],
  tell: (severity: 'error', code: string, message: string) => void
): void {
  const setting = definition?.settings[name]
  const ofOutcomes: readonly string[] = definition?.dynamicOutcomes ? [onException, noData] : []
  const reserved = setting?.kind === 'texts' ? [...ofOutcomes, ...(setting.reserved ?? [])] : ofOutcomes
  const isValues = setting?.kind === 'values'
  const message = isValues ? checkMessages.valueNameForbidden : checkMessages.textReserved
  for (const text of new Set(names))
    if (isValues ? text in {} : reserved.includes(text))
      tell('error', 'setting-text-reserved', message(text, name, step.name))
}
