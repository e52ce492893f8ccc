import type { Value, ValueRecord } from '../../model/index.ts'
import { type CompiledInput, type CompiledStep, type InputMaker, ofFlow } from './compiledFlow.ts'
import type { FlowData, Locals } from './flowData.ts'

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

/** The first two inputs, when they select an output of a step or a value of the flow and get what they want, are read here. */
function makersWith(read: ReadInput): InputMaker[] {
  return [
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    },
    (step, data, locals) => {
      const { fixed, in0, in1 } = step
      const { steps, flow } = data
      const made: Record<string, Value> = {}
      if (in0) {
        const value =
          in0.from >= 0 ? steps[in0.from]?.[in0.source] : in0.from === ofFlow ? flow.get(in0.source) : undefined
        made[in0.name] = typeof value === in0.wants ? (value ?? null) : read(in0, step, data, locals)
      }
      if (in1) {
        const value =
          in1.from >= 0 ? steps[in1.from]?.[in1.source] : in1.from === ofFlow ? flow.get(in1.source) : undefined
        made[in1.name] = typeof value === in1.wants ? (value ?? null) : read(in1, step, data, locals)
      }
      for (let index = 2; index < fixed.length; index++) {
        const input = fixed[index]
        if (input) made[input.name] = read(input, step, data, locals)
      }
      return made
    }
  ]
}
