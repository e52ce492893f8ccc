import { checkMessages } from '../../messages/check.ts'
import type { DataCheck } from '../check.ts'
import {
  type SettingDefinition,
  type ValueType,
  mappingOf,
  nearestName,
  parsePath,
  settableOf
} from '../../model/index.ts'
import { addVariable, setSetting } from '../../edit/index.ts'
import type { Fix } from '../problem.ts'
import type { SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks a setting that names something of the flow: a step, a variable, or where a value stands. */
export function checkReference(
  check: DataCheck,
  surveyed: SurveyedStep,
  name: string,
  setting: SettingDefinition,
  value: string
): void {
  if (setting.kind === 'step') checkStep(check, surveyed, name, value)
  else if (setting.kind === 'variable') checkVariable(check, surveyed, name, value)
  else if (setting.kind === 'text' && setting.path && value !== '') checkPath(check, surveyed, name, value)
}

function checkStep({ survey, report }: DataCheck, { step, definition }: SurveyedStep, field: string, id: string): void {
  const error = (code: string, message: string, mends: readonly Fix[] = []): void =>
    report({ code, severity: 'error', message, step: step.id, field, fixes: mends })
  const target = survey.steps.get(id)
  if (id === '') error('step-not-chosen', checkMessages.stepNotChosen(field, step.name))
  else if (!target) {
    const near = survey.flow.steps.find(({ name }) => name === id)?.id ?? nearestName(id, survey.steps.keys())
    const nearest = near === undefined ? undefined : survey.steps.get(near)?.step
    error(
      'step-unknown',
      checkMessages.stepMissing(field, step.name, id),
      nearest && [choose(nearest.name, nearest.id)]
    )
  } else if (definition?.jumpsTo && target.definition?.role === 'start') {
    const after = survey.waysOf(id).map(({ to }) => survey.steps.get(to)?.step)[0]
    const message = checkMessages.jumpToStart(step.name, target.step.name)
    error('jump-to-start', message, after && [choose(after.name, after.id)])
  }
  function choose(title: string, to: string): Fix {
    return { title: fixes.useChoice(title), apply: (document) => setSetting(document, step.id, field, to) }
  }
}

function checkVariable(
  { survey, types, report }: DataCheck,
  { step, inputs }: SurveyedStep,
  field: string,
  name: string
): void {
  const settable = settableOf(survey.flow)
  if (settable.some((one) => one.name === name)) return
  const error = (code: string, message: string, mends: readonly Fix[]): void =>
    report({ code, severity: 'error', message, step: step.id, field, fixes: mends })
  if (name === '') {
    const offered = settable.length > 3 ? [] : settable.map((one) => choose(one.name))
    error('variable-not-chosen', checkMessages.variableNotChosen(field, step.name), offered)
    return
  }
  const near = nearestName(name, settable.map((one) => one.name)) // prettier-ignore
  const filled = Object.entries(inputs).find(([, { variableOf }]) => variableOf === field)?.[0]
  const type: ValueType =
    (filled === undefined ? undefined : types.of(mappingOf(inputs, step, filled), step.id)) ?? 'Any'
  error('variable-unknown', checkMessages.variableMissing(field, step.name, name), [
    ...(near === undefined ? [] : [choose(near)]),
    { title: fixes.addVariable(name, type), apply: (document) => addVariable(document, { name, type }) }
  ])
  function choose(to: string): Fix {
    return { title: fixes.useChoice(to), apply: (document) => setSetting(document, step.id, field, to) }
  }
}

/** A path that is read when a body of the step has ended: what the body adds can be read too. */
function checkPath(
  { survey, types, availability, report }: DataCheck,
  { step }: SurveyedStep,
  field: string,
  path: string
): void {
  const { bodies, reached } = survey
  const [root = ''] = parsePath(path)
  const own = bodies.byOwner.get(step.id)?.find(({ outcome }) => Object.hasOwn(outcome.locals ?? {}, root))
  if (own) return
  const data = types.lookUp(step.id, path)
  const place = { step: step.id, field } as const
  if (data.kind === 'unknown') {
    const { why, nearest } = data
    const message = checkMessages.pathSetting(field, step.name, why, nearest)
    const mends = nearest === undefined ? [] : [use(nearest)]
    report({ ...place, code: 'data-unknown', severity: 'error', message, fixes: mends })
    return
  }
  const { source, type, words } = data
  if (source.kind === 'input' || !type || !reached.has(step.id) || !bodies.byOwner.has(step.id)) return
  if (availability.afterBody(step.id, source) !== 'never') return
  const message = checkMessages.pathSettingNever(field, step.name, words)
  report({ ...place, code: 'data-never', severity: 'warning', message })

  function use(to: string): Fix {
    return { title: fixes.useData(to), apply: (document) => setSetting(document, step.id, field, to) }
  }
}
