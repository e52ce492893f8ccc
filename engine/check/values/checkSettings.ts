import { checkMessages } from '../../messages/check.ts'
import type { DataCheck, Report } from '../check.ts'
import { calledFlowsIn } from '../drawing/calledFlows.ts'
import { checkListSetting } from './checkListSetting.ts'
import { checkReference } from './checkReference.ts'
import {
  type SettingDefinition,
  type Step,
  type Value,
  describeType,
  isRecord,
  isShown,
  isValueType,
  nearestName
} from '../../model/index.ts'
import { setSetting } from '../../edit/index.ts'
import type { Fix } from '../problem.ts'

const { fixes } = checkMessages

/** Checks the settings of all steps but what only concerns Go Async: see checkBackground. */
export function checkSettings(check: DataCheck): void {
  const { survey, report } = check
  const checkCalledFlow = calledFlowsIn(survey, report)
  for (const surveyed of survey.steps.values()) {
    const { step, definition, settings } = surveyed
    if (!definition) continue
    for (const name of Object.keys(step.settings))
      if (!Object.hasOwn(definition.settings, name)) reportUnknown(step, name, Object.keys(definition.settings), report)
    for (const [name, setting] of Object.entries(definition.settings)) {
      const value = settings[name] ?? setting.initial
      if (!isShown(setting.shownWhen, settings)) continue
      const wrong = explain(step, name, setting, value)
      if (wrong) report({ severity: 'error', step: step.id, field: name, fixes: [initial(step, name)], ...wrong })
      else if (Array.isArray(value)) checkListSetting(survey, surveyed, name, value as readonly Value[], report)
      else if (typeof value !== 'string') continue
      else if (setting.kind === 'flow') checkCalledFlow(step, name, value)
      else checkReference(check, surveyed, name, setting, value)
    }
  }
}

interface Wrong {
  readonly code: string
  readonly message: string
  readonly fixes?: readonly Fix[]
}

function explain(step: Step, name: string, setting: SettingDefinition, value: Value): Wrong | undefined {
  const type = explainType(step, name, setting, value)
  if (type !== undefined) return { code: 'setting-type', message: type }
  if (setting.kind === 'number' && typeof value === 'number') {
    const { min, max } = setting
    if (value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return undefined
    const message = checkMessages.settingRange(name, step.name, value, checkMessages.range(min, max))
    const nearest = min !== undefined && value < min ? min : (max ?? value)
    return { code: 'setting-range', message, fixes: [choose(step, name, nearest)] }
  }
  if (setting.kind !== 'choice' || typeof value !== 'string' || setting.choices.includes(value)) return undefined
  const message = checkMessages.settingChoice(name, step.name, `“${value}”`, checkMessages.either(setting.choices))
  const near = nearestName(value, setting.choices)
  const more = near === undefined ? [] : [choose(step, name, near)]
  return { code: 'setting-choice', message, fixes: [...more, initial(step, name)] }
}

function explainType(step: Step, name: string, setting: SettingDefinition, value: Value): string | undefined {
  if (Array.isArray(setting.initial)) {
    if (setting.kind === 'values') return isValues(value) ? undefined : checkMessages.settingValues(name, step.name)
    const isTexts = Array.isArray(value) && (value as readonly Value[]).every((text) => typeof text === 'string')
    return isTexts ? undefined : checkMessages.settingTexts(name, step.name)
  }
  const expected = typeof setting.initial
  if (typeof value === expected) return undefined
  const words = expected === 'number' ? 'Number' : expected === 'boolean' ? 'Boolean' : 'Text'
  return checkMessages.settingType(name, step.name, words, describeType(value))
}

function isValues(value: Value): boolean {
  return (
    Array.isArray(value) &&
    (value as readonly Value[]).every((one) => {
      return isRecord(one) && typeof one.name === 'string' && typeof one.type === 'string' && isValueType(one.type)
    })
  )
}

function reportUnknown(step: Step, name: string, known: readonly string[], report: Report): void {
  const near = nearestName(name, known)
  const value = step.settings[name]
  const remove: Fix = {
    title: fixes.removeInput(name),
    apply: (document) => setSetting(document, step.id, name, undefined)
  }
  const rename: Fix | undefined =
    near === undefined || Object.hasOwn(step.settings, near)
      ? undefined
      : {
          title: fixes.rename(near),
          apply: (document) => setSetting(remove.apply(document), step.id, near, value)
        }
  report({
    code: 'setting-unknown',
    severity: 'warning',
    message: checkMessages.settingUnknown(name, step.name),
    step: step.id,
    field: name,
    fixes: rename ? [rename, remove] : [remove]
  })
}

function initial(step: Step, name: string): Fix {
  return { title: fixes.initialSetting, apply: (document) => setSetting(document, step.id, name, undefined) }
}

function choose(step: Step, name: string, value: string | number): Fix {
  return { title: fixes.useChoice(String(value)), apply: (document) => setSetting(document, step.id, name, value) }
}
