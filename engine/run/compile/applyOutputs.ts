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
    const mapping = output?.mapping
    switch (mapping?.kind) {
      case undefined:
        outputs[name] = value
        break
      case 'rename':
        outputs[mapping.name] = value
        break
      case 'nothing':
        break
      case 'set': {
        const { variable } = mapping
        const typed = typeof value === output?.wants ? value : typedVariable(step, call, variable, value)
        variables.push({ name: variable, value: typed })
        break
      }
      case 'append': {
        const list = data.flow.get(mapping.variable) ?? []
        const longer = [...(Array.isArray(list) ? (list as readonly Value[]) : [list]), value]
        const typed = typedVariable(step, call, mapping.variable, longer)
        const added = Array.isArray(typed) ? (typed as readonly Value[]).at(-1) : undefined
        variables.push({ name: mapping.variable, value: typed, ...(added !== undefined && { added }) })
      }
    }
  }
  return { outputs, variables }
}

/** `list` with `item` at its end. */
export function longerList(list: Value | undefined, item: Value): Value {
  return Array.isArray(list) ? [...(list as readonly Value[]), item] : [item]
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
