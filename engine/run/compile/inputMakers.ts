import type { Value, ValueRecord } from '../../model/index.ts'
import type { CompiledInput, CompiledStep, InputMaker } from './compiledFlow.ts'
import type { FlowData, Locals } from './flowData.ts'
import { outputsAt } from './stepOutputs.ts'

/** Reads an input and makes it its type. Throws StepFailure. */
export type ReadInput = (input: CompiledInput, step: CompiledStep, data: FlowData, locals: Locals | undefined) => Value

/** Which inputs of a step: those that its kind always has, or those that depend on where it stands. */
type Which = 'fixed' | 'dynamic'

/** So many functions are remembered, to be shared by steps that read alike. */
const mostMakers = 1000

/** The inputs of a step that has none. */
export const noInputs: ValueRecord = {}

const makeNone: InputMaker = () => noInputs

/**
 * Gives what makes the inputs of a step. `read` is asked for each input that is not simply there as it is wanted.
 *
 * V8 keeps what it has learned about objects with the text of a function. Were there one function for all steps, it would see
 * records of so many shapes that it could learn nothing of any of them, and every step would take about twice as long
 * (docs/performance.md). So the function is written for the names that the step reads and gives, and steps with the same names
 * share it. Where code may not be generated, one function serves all steps.
 */
export function inputMakers(read: ReadInput): (inputs: readonly CompiledInput[], which: Which) => InputMaker {
  const makers = new Map<string, InputMaker>()
  let generates = true
  return (inputs, which) => {
    if (inputs.length === 0) return makeNone
    const plain: InputMaker = (step, data, locals) =>
      readInputs(step[which], (input) => read(input, step, data, locals))
    if (!generates) return plain
    const source = sourceOf(inputs, which)
    const known = makers.get(source)
    if (known) return known
    try {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what of a flow is in it is quoted as JSON; see sourceOf
      const maker = Reflect.apply(new Function('read', 'outputsAt', source), undefined, [read, outputsAt]) as InputMaker
      if (makers.size === mostMakers) makers.clear()
      makers.set(source, maker)
      return maker
    } catch (error) {
      if (!(error instanceof EvalError)) throw error
      generates = false
      return plain
    }
  }
}

/** A record of inputs, each read in its turn. */
function readInputs(inputs: readonly CompiledInput[], read: (input: CompiledInput) => Value): ValueRecord {
  const values: Record<string, Value> = {}
  for (const input of inputs) {
    const value = read(input)
    if (input.name !== '__proto__') values[input.name] = value
    else Object.defineProperty(values, input.name, { value, enumerable: true, writable: true, configurable: true })
  }
  return values
}

/** The text of the function: of a flow, nothing but names, which are quoted as JSON, gets into it. */
function sourceOf(inputs: readonly CompiledInput[], which: Which): string {
  const members = inputs.map((input, index) => {
    const value = selected(input, index)
    const reads = `read(inputs[${index}], step, data, locals)`
    const made = value === undefined ? reads : `${taken(value, input, index)} : ${reads}`
    // In brackets, `__proto__` is a name like any other.
    return `[${JSON.stringify(input.name)}]: ${made}`
  })
  return `return (step, data, locals) => {
  const inputs = step.${which}
  const { steps, own, flow } = data
  let value
  return { ${members.join(', ')} }
}`
}

/** What takes the value as it is, or as what it became when it was converted last. */
function taken(value: string, { wants }: CompiledInput, index: number): string {
  return wants === ''
    ? `(value = ${value}) === inputs[${index}].last ? inputs[${index}].lastConverted`
    : `typeof (value = ${value}) === ${JSON.stringify(wants)} ? value`
}

/** What reads the output of a step or the value of the flow that an input selects. */
function selected({ selects }: CompiledInput, index: number): string | undefined {
  if (!selects) return undefined
  const place = `inputs[${index}].selects.place`
  return selects.output === undefined
    ? `flow[${place}]`
    : `(own === undefined ? steps[${place}] : outputsAt(data, ${place}))?.[${JSON.stringify(selects.output)}]`
}
