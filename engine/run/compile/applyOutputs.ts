import type { Call, Frame } from '../state/thread.ts'
import { runMessages } from '../../messages/run.ts'
import {
  type Step,
  StepFailure,
  type Value,
  type ValueRecord,
  convert,
  describeMismatch,
  rebaseFiles
} from '../../model/index.ts'
import type { AppliedOutputs, SetVariable } from './appliedOutputs.ts'
import type { CompiledStep } from './compiledFlow.ts'

/** Applies the output mappings of the step, and the variables that it sets itself. Throws StepFailure. */
export function applyOutputs(
  { step, outputs: mappings }: CompiledStep,
  { call, data }: Pick<Frame, 'call' | 'data'>,
  given: ValueRecord,
  set?: ValueRecord
): AppliedOutputs {
  const variables: SetVariable[] = []
  if (set)
    for (const [name, value] of Object.entries(set))
      variables.push({ name, value: typedVariable(step, call, name, value) })
  if (!mappings) return { outputs: given, variables }
  const outputs: Record<string, Value> = {}
  for (const name in given) {
    const value = given[name] ?? null
    const output = mappings.get(name)
    if (!output) outputs[name] = value
    else if (output.name !== undefined) outputs[output.name] = value
    const variable = output?.variable
    if (variable === undefined) continue
    if (output?.appends) {
      const typed = typedVariable(
        step,
        call,
        variable,
        longerList(data.flow[call.flow.values.get(variable) ?? -1], value)
      )
      const added = Array.isArray(typed) ? (typed as readonly Value[]).at(-1) : undefined
      variables.push({ name: variable, value: typed, ...(added !== undefined && { added }) })
    } else {
      const typed = typeof value === output?.wants ? value : typedVariable(step, call, variable, value)
      variables.push({ name: variable, value: typed })
    }
  }
  return { outputs, variables }
}

/** `list` with `item` at its end; what is no list becomes the first item of one. */
export function longerList(list: Value | undefined, item: Value): Value {
  const before = list ?? []
  return [...(Array.isArray(before) ? (before as readonly Value[]) : [before]), item]
}

function typedVariable(step: Step, call: Call, name: string, value: Value): Value {
  const { path, flow } = call.flow
  const { variables = [], inputs } = flow
  const variable = variables.find((one) => one.name === name) ?? inputs.find((one) => one.name === name)
  if (!variable) throw new StepFailure('variable-unknown', runMessages.variableUnknown(name, step.name))
  const converted = convert(rebaseFiles(path, value, variable.type), variable.type)
  if (converted !== undefined) return converted
  throw new StepFailure(
    'variable-type',
    runMessages.variableType(name, step.name, variable.type, describeMismatch(value, variable.type))
  )
}
