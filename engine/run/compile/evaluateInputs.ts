import { kindOf } from '../../mapping/index.ts'
import { runMessages } from '../../messages/run.ts'
import {
  type CancelSignal,
  Cancelled,
  type ScriptService,
  StepFailure,
  type Value,
  type ValueRecord,
  convert,
  describeMismatch,
  rebaseFiles
} from '../../model/index.ts'
import type { CompiledFlow, CompiledInput, CompiledStep } from './compiledFlow.ts'
import { noInputs } from './inputMakers.ts'
import { failureWith } from '../state/failureOf.ts'
import { type FlowData, type Locals, dataRecord } from './flowData.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'

/** The inputs of one visit of a step: fixed ones, and those that depend on where it stands. */
export interface EvaluatedInputs {
  readonly fixed: ValueRecord
  readonly dynamic: ValueRecord
}

/** A required input has no value; with No Data connected that is no failure. */
export class InputMissing extends StepFailure {}

/** Works out every input of `step`. Throws StepFailure `input-unset`, `input-type`, or InputMissing. */
export function evaluateInputs(step: CompiledStep, data: FlowData, locals: Locals | undefined): EvaluatedInputs {
  return { fixed: step.make(step, data, locals), dynamic: step.makeDynamic(step, data, locals) }
}

/** Reads an input and makes it its type. Throws as evaluateInputs does. */
export function readInput(input: CompiledInput, step: CompiledStep, data: FlowData, locals: Locals | undefined): Value {
  return typed(input, step, input.read(data, locals))
}

/** Like evaluateInputs for a step with a Script mapping, which takes a while. */
export async function evaluateWithScripts(
  flow: CompiledFlow,
  step: CompiledStep,
  data: FlowData,
  locals: Locals | undefined,
  script: ScriptService,
  signal: CancelSignal
): Promise<EvaluatedInputs> {
  const fixed: Record<string, Value> = {}
  const dynamic: Record<string, Value> = {}
  const evaluate = async (input: CompiledInput): Promise<Value> => {
    const source = kindOf(input.mapping).script?.(input.mapping)
    const value =
      source === undefined ? input.read(data, locals) : await script.run(source, dataRecord(data, locals, flow), signal)
    return typed(input, step, value)
  }
  for (const input of step.fixed) fixed[input.name] = await evaluate(input)
  for (const input of step.dynamic) dynamic[input.name] = await evaluate(input)
  return { fixed, dynamic }
}

/** The inputs of an End Step as the caller gets them early: what is not there yet is null. */
export function evaluateSoFar(step: CompiledStep, data: FlowData, locals: Locals | undefined): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const input of [...step.fixed, ...step.dynamic]) {
    const value = input.read(data, locals)
    values[input.name] = (value === undefined ? undefined : converted(input, value)) ?? null
  }
  return values
}

/** Like evaluateSoFar for an End Step with Script mappings: what a script cannot work out yet is null. */
export async function evaluateSoFarWithScripts(
  flow: CompiledFlow,
  step: CompiledStep,
  data: FlowData,
  locals: Locals | undefined,
  script: ScriptService,
  signal: CancelSignal
): Promise<ValueRecord> {
  const values: Record<string, Value> = evaluateSoFar(step, data, locals)
  for (const input of [...step.fixed, ...step.dynamic]) {
    const source = kindOf(input.mapping).script?.(input.mapping)
    if (source === undefined) continue
    const value = await script.run(source, dataRecord(data, locals, flow), signal).catch((error: unknown) => {
      if (error instanceof StepFailure) return null
      throw error
    })
    values[input.name] = converted(input, value) ?? null
  }
  return values
}

/** The inputs that a journal tells of a visit. Throws what it came to before it could start: a failure, or No Data. */
export function inputsOf({ started, end }: VisitRecord, step: CompiledStep): EvaluatedInputs {
  if (started) return splitInputs(started.inputs, step)
  if (end?.event === 'StepFailed') throw failureWith(end.error)
  throw end ? inputMissing() : new Cancelled()
}

/** What a journal tells as No Data: a required input had no value. */
export function inputMissing(): InputMissing {
  return new InputMissing('input-missing', '')
}

/** `all` inputs of the step, as events show them, told apart again. */
export function splitInputs(all: ValueRecord, { dynamic }: CompiledStep): EvaluatedInputs {
  if (dynamic.length === 0) return { fixed: all, dynamic: noInputs }
  const values = Object.entries(all)
  const isDynamic = ([name]: [string, Value]): boolean => dynamic.some((input) => input.name === name)
  return {
    fixed: Object.fromEntries(values.filter((entry) => !isDynamic(entry))),
    dynamic: Object.fromEntries(values.filter(isDynamic))
  }
}

/** All inputs in one record, as events show them. */
export function allInputs({ fixed, dynamic }: EvaluatedInputs): ValueRecord {
  return dynamic === noInputs ? fixed : { ...fixed, ...dynamic }
}

/** `value` as the type of the input; undefined when it is none. */
function converted(input: CompiledInput, value: Value): Value | undefined {
  const { flow, type, wants } = input
  if (typeof value === wants || type === 'Any') return value
  if (typeof value !== 'object') return convert(rebaseFiles(flow, value, type), type)
  if (value === input.last) return input.lastConverted
  const result = convert(rebaseFiles(flow, value, type), type)
  if (result !== undefined) {
    input.last = value
    input.lastConverted = result
  }
  return result
}

function typed(input: CompiledInput, { step }: CompiledStep, value: Value | undefined): Value {
  const { name, type, required, mapping } = input
  if (value === undefined || value === null) {
    if (!required) return null
    const kind = kindOf(mapping)
    if (kind.givesNothing) throw new StepFailure('input-unset', runMessages.inputUnset(name, step.name))
    const path = kind.selects?.(mapping) ?? name
    throw new InputMissing('input-missing', runMessages.inputMissing(name, step.name, path))
  }
  const result = converted(input, value)
  if (result !== undefined) return result
  throw new StepFailure('input-type', runMessages.inputType(name, step.name, type, describeMismatch(value, type)))
}
