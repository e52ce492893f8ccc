import type { Value, ValueRecord } from '../model/value.ts'
import type { CompiledInput, CompiledStep } from './compiledFlow.ts'
import type { FlowData, Locals } from './flowData.ts'

/** Makes the inputs of one visit of a step. Throws StepFailure. */
export type InputMaker = (step: CompiledStep, data: FlowData, locals: Locals | undefined) => ValueRecord

/** Reads an input and makes it its type. Throws StepFailure. */
export type ReadInput = (input: CompiledInput, step: CompiledStep, data: FlowData, locals: Locals | undefined) => Value

/**
 * What makes the inputs of steps whose inputs have the same names.
 *
 * V8 keeps what it has learned about objects with the text of a function. Were there one function for all steps, it would see
 * records of so many shapes that it could learn nothing of any of them, and every step would take about twice as long
 * (docs/performance.md). So there are a few functions of the same text, and each serves one list of names; the last one
 * serves all names that come later.
 */
export class InputMakers {
  readonly #byNames = new Map<string, InputMaker>()
  readonly #makers: InputMaker[]

  constructor(read: ReadInput) {
    this.#makers = makersWith(read)
  }

  for(inputs: readonly CompiledInput[]): InputMaker {
    if (inputs.length === 0) return () => none
    const names = inputs.map(({ name }) => name).join('\n')
    const maker = this.#byNames.get(names) ?? (this.#makers.length > 1 ? this.#makers.shift() : this.#makers[0])
    if (!maker) throw new Error('There is always one maker left')
    this.#byNames.set(names, maker)
    return maker
  }
}

const none: ValueRecord = {}

/** An input that selects an output of a step, and gets what it wants, is read right here; all else is read by `read`. */
function makersWith(read: ReadInput): InputMaker[] {
  return [
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const made: Record<string, Value> = {}
      for (const input of step.fixed) {
        const value = input.from < 0 ? undefined : data.steps[input.from]?.[input.output]
        made[input.name] = typeof value === input.wants && value !== undefined ? value : read(input, step, data, locals)
      }
      return made
    }
  ]
}
