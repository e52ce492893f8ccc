import { checkMessages } from '../messages/check.ts'
import type { Availability, availabilityIn } from './availability.ts'
import type { Report } from './check.ts'
import { convert, describeType } from './convert.ts'
import { type DataPath, dataPathsIn } from './dataPath.ts'
import type { InputDefinition } from './definition.ts'
import { setMapping } from './editSteps.ts'
import type { Mapping } from './mapping.ts'
import { changePaths, pathsOf } from './mappingPaths.ts'
import { nearestName } from './nearestName.ts'
import { type Path, parsePath } from './path.ts'
import type { Fix, Problem } from './problem.ts'
import { isShown, mappingOf } from './shape.ts'
import type { Step } from './step.ts'
import type { Survey, SurveyedStep } from './survey.ts'
import { typeFits } from './typeFit.ts'
import type { Value } from './value.ts'

const { fixes } = checkMessages

/** Checks where the inputs of all steps get their values. */
export function checkInputs(survey: Survey, availability: ReturnType<typeof availabilityIn>, report: Report): void {
  const lookUp = dataPathsIn(survey)
  for (const surveyed of survey.steps.values()) {
    const { step, definition, settings, inputs, outcomes } = surveyed
    if (!definition) continue
    for (const name of Object.keys(step.inputs))
      if (outcomes && !Object.hasOwn(inputs, name)) reportUnknown(step, name, Object.keys(inputs), report)
    if (step.disabled) continue
    for (const [name, input] of Object.entries(inputs)) {
      if (!isShown(input.shownWhen, settings)) continue
      const mapping = mappingOf(inputs, step, name)
      if (mapping.kind === 'unset' && !input.required) continue
      checkInput({ surveyed, name, input, mapping, survey, lookUp, availability, report })
    }
  }
}

interface InputCheck {
  readonly surveyed: SurveyedStep
  readonly name: string
  readonly input: InputDefinition
  readonly mapping: Mapping
  readonly survey: Survey
  readonly lookUp: (path: Path) => DataPath
  readonly availability: ReturnType<typeof availabilityIn>
  readonly report: Report
}

function checkInput(check: InputCheck): void {
  const { surveyed, name, input, mapping, lookUp } = check
  const { step } = surveyed
  if (input.required && isEmpty(mapping)) {
    tell(check, 'error', 'input-unset', checkMessages.inputUnset(name, step.name))
    return
  }
  if (mapping.kind === 'constant') checkConstant(check, mapping.value)
  if (mapping.kind === 'merge' && input.type !== 'Template' && !typeFits('Text', input.type))
    tell(check, 'error', 'input-type', checkMessages.mergeType(name, step.name, input.type))
  for (const path of new Set(pathsOf(mapping))) {
    if (isOfItem(path, mapping, input)) continue
    const data = lookUp(path)
    if (data.kind === 'unknown') tellUnknown(check, path, data)
    else {
      if (mapping.kind === 'select' && data.type && !typeFits(data.type, input.type)) tellType(check, path, data)
      if (data.kind === 'output' && data.type) checkAvailability(check, data)
    }
  }
}

function checkConstant(check: InputCheck, value: Value): void {
  const { input, name, surveyed } = check
  const type = input.type === 'Template' ? 'Text' : input.type
  if (convert(value, type) !== undefined) return
  const message = checkMessages.constantType(name, surveyed.step.name, type, describeType(value))
  tell(check, 'error', 'input-type', message)
}

function checkAvailability(check: InputCheck, data: Extract<DataPath, { kind: 'output' }>): void {
  const { survey, surveyed, name, input, mapping, availability } = check
  const { step } = surveyed
  if (!survey.reached.has(step.id)) return
  const found: Availability = availability(step.id, data.step, data.output)
  if (found === 'some')
    tell(check, 'warning', 'data-sometimes', checkMessages.dataSometimes(name, step.name, data.words))
  if (found !== 'never') return
  const disabled = survey.steps.get(data.step)?.step.disabled === true
  if (!disabled) tell(check, 'error', 'data-never', checkMessages.dataNever(name, step.name, data.words))
  else {
    const severity = input.required && mapping.kind === 'select' ? 'error' : 'warning'
    tell(check, severity, 'data-disabled', checkMessages.dataDisabled(name, step.name, data.words))
  }
}

function tellUnknown(check: InputCheck, path: Path, { why, nearest }: Extract<DataPath, { kind: 'unknown' }>): void {
  const { name, surveyed, mapping } = check
  const message = checkMessages.dataUnknown(name, surveyed.step.name, why, nearest)
  const fix =
    nearest === undefined
      ? []
      : [
          use(
            check,
            nearest,
            changePaths(mapping, (one) => (one === path ? nearest : one))
          )
        ]
  tell(check, 'error', 'data-unknown', message, fix)
}

function tellType(check: InputCheck, path: Path, data: Exclude<DataPath, { kind: 'unknown' }>): void {
  const { name, surveyed, input } = check
  const message = checkMessages.dataType(name, surveyed.step.name, input.type, data.words, data.type ?? 'Any')
  const isText = input.type === 'Text' || input.type === 'Template'
  const merge: Mapping = { kind: 'merge', template: `{{${path}}}`, format: 'text' }
  tell(check, 'error', 'input-type', message, isText ? [setTo(check, fixes.merge, merge)] : [])
}

/** Whether the step itself fills this merge field in, once per item. */
function isOfItem(path: Path, mapping: Mapping, { type, itemRoot }: InputDefinition): boolean {
  return mapping.kind === 'merge' && type === 'Template' && itemRoot !== undefined && parsePath(path)[0] === itemRoot
}

function isEmpty(mapping: Mapping): boolean {
  switch (mapping.kind) {
    case 'unset':
    case 'ignore':
    case 'null':
      return true
    case 'constant':
      return (
        mapping.value === null || mapping.value === '' || (Array.isArray(mapping.value) && mapping.value.length === 0)
      )
    case 'select':
      return mapping.path === ''
    case 'merge':
      return mapping.template === ''
  }
}

function reportUnknown(step: Step, name: string, known: readonly string[], report: Report): void {
  const near = nearestName(name, known)
  const remove: Fix = {
    title: fixes.removeInput(name),
    apply: (document) => setMapping(document, step.id, name, undefined)
  }
  const rename: Fix | undefined =
    near === undefined || Object.hasOwn(step.inputs, near)
      ? undefined
      : {
          title: fixes.rename(near),
          apply: (document) => setMapping(remove.apply(document), step.id, near, step.inputs[name])
        }
  report({
    code: 'input-unknown',
    severity: 'warning',
    message: checkMessages.inputUnknown(name, step.name),
    step: step.id,
    field: name,
    fixes: rename ? [rename, remove] : [remove]
  })
}

function use(check: InputCheck, path: Path, mapping: Mapping): Fix {
  return setTo(check, fixes.useData(path), mapping)
}

function setTo({ surveyed, name }: InputCheck, title: string, mapping: Mapping): Fix {
  return { title, apply: (document) => setMapping(document, surveyed.step.id, name, mapping) }
}

function tell(
  { surveyed, name, report }: InputCheck,
  severity: Problem['severity'],
  code: string,
  message: string,
  mends: readonly Fix[] = []
): void {
  report({ code, severity, message, step: surveyed.step.id, field: name, fixes: mends })
}
