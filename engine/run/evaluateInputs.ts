import { runMessages } from '../messages/run.ts'
import { convert, describeType } from '../model/convert.ts'
import { StepFailure } from '../model/failure.ts'
import { parsePath } from '../model/path.ts'
import { type TemplatePart, renderTemplate } from '../model/template.ts'
import type { Value, ValueRecord } from '../model/value.ts'
import type { CompiledInput, CompiledStep } from './compileFlow.ts'
import { type FlowData, readData } from './flowData.ts'

/** The inputs of one visit of a step: fixed ones, and those that depend on where it stands. */
export interface EvaluatedInputs {
  readonly fixed: ValueRecord
  readonly dynamic: ValueRecord
  readonly all: ValueRecord
}

/** Works out every input of `step`. Throws StepFailure `input-unset`, `input-missing` or `input-type`. */
export function evaluateInputs(step: CompiledStep, data: FlowData, locals: readonly ValueRecord[]): EvaluatedInputs {
  const fixed: Record<string, Value> = {}
  const dynamic: Record<string, Value> = {}
  for (const input of step.inputs) {
    const value = evaluateInput(input, step, data, locals)
    if (input.dynamic) dynamic[input.name] = value
    else fixed[input.name] = value
  }
  return { fixed, dynamic, all: { ...fixed, ...dynamic } }
}

/** The inputs of an End Step as the caller gets them early: what is not there yet is null. */
export function evaluateSoFar(step: CompiledStep, data: FlowData, locals: readonly ValueRecord[]): ValueRecord {
  const values: Record<string, Value> = {}
  for (const input of step.inputs) {
    const value = valueOf(input, data, locals)
    values[input.name] = (value === undefined ? undefined : convert(value, input.type)) ?? null
  }
  return values
}

function evaluateInput(
  input: CompiledInput,
  { step }: CompiledStep,
  data: FlowData,
  locals: readonly ValueRecord[]
): Value {
  const { mapping, name, required } = input
  if (required && (mapping.kind === 'unset' || mapping.kind === 'ignore'))
    throw new StepFailure('input-unset', runMessages.inputUnset(name, step.name))
  const value = valueOf(input, data, locals)
  if (value === undefined || (value === null && required)) {
    if (!required) return null
    const path = mapping.kind === 'select' ? mapping.path : name
    throw new StepFailure('input-missing', runMessages.inputMissing(name, step.name, path))
  }
  const converted = convert(value, input.type)
  if (converted === undefined)
    throw new StepFailure('input-type', runMessages.inputType(name, step.name, input.type, describeType(value)))
  return converted
}

/** The value that the mapping gives, not yet of the input's type; undefined when there is none. */
function valueOf(input: CompiledInput, data: FlowData, locals: readonly ValueRecord[]): Value | undefined {
  const { mapping } = input
  switch (mapping.kind) {
    case 'unset':
    case 'ignore':
    case 'null':
      return null
    case 'constant':
      return input.type === 'Template' && typeof mapping.value === 'string'
        ? { $type: 'Template', format: 'text', parts: [mapping.value] }
        : mapping.value
    case 'select': {
      const value = readData(data, locals, mapping.path)
      return input.type === 'Template' && typeof value === 'string'
        ? { $type: 'Template', format: 'text', parts: [value] }
        : value
    }
    case 'merge': {
      const { format } = mapping
      if (input.type !== 'Template') return mergeParts(input.parts, format, data, locals)
      const parts = input.parts.map((part) => (isOfItem(part, input) ? part : mergeParts([part], format, data, locals)))
      return { $type: 'Template', format, parts }
    }
  }
}

/** Whether the step itself fills this part in, once per item. */
function isOfItem(part: TemplatePart, input: CompiledInput): boolean {
  return typeof part !== 'string' && input.itemRoot !== undefined && parsePath(part.field)[0] === input.itemRoot
}

function mergeParts(
  parts: readonly TemplatePart[],
  format: 'text' | 'html',
  data: FlowData,
  locals: readonly ValueRecord[]
): string {
  return renderTemplate({ format, parts }, (field) => readData(data, locals, field))
}
