import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import {
  type OutputMapping,
  type Step,
  type ValueType,
  keptName,
  nearestName,
  onException,
  settableOf
} from '../../model/index.ts'
import { type VariableUse, outputKindOf, variableOf } from '../../mapping/index.ts'
import { addVariable, setOutputMapping, setVariableType } from '../../edit/index.ts'
import { outputTypes } from '../data/dataPath.ts'
import type { Fix } from '../problem.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

const { fixes } = checkMessages

/** Checks where the outputs of all steps go. */
export function checkOutputs(survey: Survey, report: Report): void {
  for (const surveyed of survey.steps.values()) {
    const { step, given } = surveyed
    if (!step.outputs || !given) continue
    const check: OutputCheck = { survey, surveyed, step, report }
    const types = givenTypes(surveyed)
    for (const [output, mapping] of Object.entries(step.outputs)) {
      const type = types.get(output)
      if (type === undefined) {
        reportUnknown(check, output, mapping, [...types.keys()])
        continue
      }
      const problem = outputKindOf(mapping).problem?.(mapping, { output, step: step.name })
      if (problem) tell(check, output, problem.code, problem.message, [keep(check, output)])
      const variable = variableOf(mapping)
      if (variable) checkVariable(check, output, variable, type)
    }
    checkNames(check)
  }
}

interface OutputCheck {
  readonly survey: Survey
  readonly surveyed: SurveyedStep
  readonly step: Step
  readonly report: Report
}

/** The types of the outputs that the step itself gives. */
function givenTypes({ given }: SurveyedStep): ReadonlyMap<string, ValueType> {
  return outputTypes([...(given?.values() ?? [])].filter(({ name }) => name !== onException))
}

function checkNames(check: OutputCheck): void {
  const { step } = check
  const { given } = check.surveyed
  const told = new Set<string>()
  for (const { outputs } of given?.values() ?? []) {
    const takenBy = new Map<string, string>()
    for (const output of Object.keys(outputs)) {
      const name = keptName(step, output)
      const other = name === undefined ? undefined : takenBy.get(name)
      if (name === undefined) continue
      if (other === undefined) takenBy.set(name, output)
      else if (!told.has(name)) {
        told.add(name)
        const renamed = name === output ? other : output
        tell(check, renamed, 'output-twice', checkMessages.outputTwice(name, step.name, other, output), [
          keep(check, renamed)
        ])
      }
    }
  }
}

function checkVariable(check: OutputCheck, output: string, use: VariableUse, type: ValueType): void {
  const { step } = check
  const { flow } = check.survey
  const { name } = use
  const settable = settableOf(flow)
  const variable = settable.find((one) => one.name === name)
  const wanted = use.wants(type)
  if (!variable) {
    const near = nearestName(name, settable.map((one) => one.name)) // prettier-ignore
    tell(check, output, 'variable-unknown', checkMessages.outputVariable(output, step.name, name), [
      ...(near === undefined ? [] : [put(check, output, fixes.useChoice(near), use.withName(near))]),
      ...(name === '' ? [] : [{ title: fixes.addVariable(name, wanted), apply: addVariableOf(name, wanted) }])
    ])
    return
  }
  const isVariable = (flow.variables ?? []).some((one) => one.name === name)
  if (use.takes(variable.type, type)) return
  const message = use.misfit({ output, step: step.name }, type, name, variable.type)
  const retype: Fix = {
    title: use.retype(name, wanted),
    apply: (document) => setVariableType(document, name, wanted)
  }
  tell(check, output, 'output-type', message, isVariable ? [retype] : [])
}

function addVariableOf(name: string, type: ValueType): Fix['apply'] {
  return (document) => addVariable(document, { name, type })
}

function reportUnknown(check: OutputCheck, output: string, mapping: OutputMapping, known: readonly string[]): void {
  const { step, report } = check
  const near = nearestName(output, known)
  const remove = keep(check, output, fixes.removeInput(output))
  const rename =
    near === undefined || Object.hasOwn(step.outputs ?? {}, near) ? undefined : put(check, near, '', mapping)
  report({
    code: 'output-unknown',
    severity: 'warning',
    message: checkMessages.outputMapped(output, step.name),
    step: step.id,
    field: output,
    fixes: rename
      ? [{ title: fixes.rename(near ?? ''), apply: (document) => rename.apply(remove.apply(document)) }, remove]
      : [remove]
  })
}

function keep(check: OutputCheck, output: string, title: string = fixes.keepName): Fix {
  return put(check, output, title, undefined)
}

function put({ step, survey }: OutputCheck, output: string, title: string, mapping: OutputMapping | undefined): Fix {
  return { title, apply: (document) => setOutputMapping(document, survey.definitions, step.id, output, mapping) }
}

function tell(
  { step, report }: OutputCheck,
  field: string,
  code: string,
  message: string,
  mends: readonly Fix[]
): void {
  report({ code, severity: 'error', message, step: step.id, field, fixes: mends })
}
