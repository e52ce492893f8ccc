import { kindOf, variableOf } from '../../mapping/index.ts'
import { type Mapping, type StepId, isBody, mappingOf, noData, onException } from '../../model/index.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

/** A set of values of the flow data: one bit for each. */
export type Bits = Uint32Array

/** A value of the flow data: an output of a step, a variable of the flow, or what a body adds. */
export type DataSource =
  | { readonly kind: 'output'; readonly step: StepId; readonly output: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly owner: StepId; readonly name: string }

/** The values of a flow with their bits, and what passing a step does to them. */
export interface DataBits {
  /** How many 32 bit words hold all values. */
  readonly words: number
  bitOf(source: DataSource): number | undefined
  /** The variables that have a value to begin with. */
  readonly initial: Bits
  /** Writes into `into` what has a value when `step` was left by `outcome`, if `before` had when it began. */
  leave(into: Bits, before: Bits | undefined, step: StepId, outcome: string): void
  /** Takes out of `bits` what the bodies of `step` add. */
  leaveBodies(bits: Bits, step: StepId): void
  /** Takes out of `bits` what any body adds. */
  leaveAllBodies(bits: Bits): void
  /** Adds to `bits` all that passing `step` might give. */
  addGiven(bits: Bits, step: StepId): void
  /** Adds to `bits` all that passing `step` might leave without a value. */
  addTaken(bits: Bits, step: StepId): void
}

interface StepBits {
  readonly outputs: ReadonlyMap<string, number>
  readonly locals: ReadonlyMap<string, number>
  /** By outcome, the bits that leaving by it sets. Those of `outputs` are cleared before, unless it leads to a body. */
  readonly given: ReadonlyMap<string, readonly number[]>
  /** By outcome, the bits of the variables that leaving by it sets to nothing. */
  readonly taken: ReadonlyMap<string, readonly number[]>
  readonly bodies: ReadonlySet<string>
}

/** Gives each value of a flow that a run can come to its bit; of the step outputs only those that `isRead` asks for. */
export function numberData(survey: Survey, isRead: (step: StepId, output: string) => boolean): DataBits {
  let count = 0
  const variables = new Map<string, number>()
  const emptied = new Set([...survey.reached].flatMap((id) => variablesEmptied(survey.steps.get(id))))
  const begun: number[] = []
  for (const { name, initial = null } of survey.flow.variables ?? []) {
    if (variables.has(name) || (initial !== null && !emptied.has(name))) continue
    if (initial !== null) begun.push(count)
    variables.set(name, count++)
  }
  const steps = new Map<StepId, StepBits>()
  for (const id of survey.reached) {
    const surveyed = survey.steps.get(id)
    if (!surveyed?.outcomes || surveyed.step.disabled) continue
    const bits = bitsOf(surveyed, variables, isRead, () => count++)
    if (bits) steps.set(id, bits)
  }
  const words = Math.ceil(count / 32)
  const allLocals = new Uint32Array(words)
  for (const { locals } of steps.values()) for (const bit of locals.values()) setBit(allLocals, bit)
  const initial = new Uint32Array(words)
  for (const bit of begun) setBit(initial, bit)
  return {
    words,
    initial,
    bitOf(source) {
      if (source.kind === 'variable') return variables.get(source.name)
      if (source.kind === 'output') return steps.get(source.step)?.outputs.get(source.output)
      return steps.get(source.owner)?.locals.get(source.name)
    },
    leave(into, before, step, outcome) {
      if (before) into.set(before)
      else into.fill(0)
      const bits = steps.get(step)
      if (!bits) return
      if (!bits.bodies.has(outcome)) for (const bit of bits.outputs.values()) clearBit(into, bit)
      for (const bit of bits.taken.get(outcome) ?? []) clearBit(into, bit)
      for (const bit of bits.given.get(outcome) ?? []) setBit(into, bit)
    },
    leaveBodies(bits, step) {
      for (const bit of steps.get(step)?.locals.values() ?? []) clearBit(bits, bit)
    },
    leaveAllBodies(bits) {
      for (let word = 0; word < words; word++) bits[word] = (bits[word] ?? 0) & ~(allLocals[word] ?? 0)
    },
    addGiven(bits, step) {
      for (const given of steps.get(step)?.given.values() ?? []) for (const bit of given) setBit(bits, bit)
    },
    addTaken(bits, step) {
      for (const taken of steps.get(step)?.taken.values() ?? []) for (const bit of taken) setBit(bits, bit)
    }
  }
}

function bitsOf(
  surveyed: SurveyedStep,
  variables: ReadonlyMap<string, number>,
  isRead: (step: StepId, output: string) => boolean,
  next: () => number
): StepBits | undefined {
  const { step, definition, outcomes } = surveyed
  if (!outcomes) return undefined
  const outputs = new Map<string, number>()
  const locals = new Map<string, number>()
  const given = new Map<string, number[]>()
  const taken = new Map<string, number[]>()
  const emptied = variablesEmptied(surveyed)
  const bitsOfVariables = (names: readonly string[]): number[] => names.flatMap((name) => variables.get(name) ?? [])
  const bodies = new Set<string>()
  const bitIn = (map: Map<string, number>, name: string): number => {
    const bit = map.get(name) ?? next()
    map.set(name, bit)
    return bit
  }
  for (const [name, outcome] of outcomes) {
    const bits: number[] = []
    for (const output in outcome.outputs) if (isRead(step.id, output)) bits.push(bitIn(outputs, output))
    for (const local in outcome.locals) bits.push(bitIn(locals, local))
    if (isBody(outcome, definition?.forks === true)) bodies.add(name)
    else if (name !== onException && name !== noData) {
      bits.push(...bitsOfVariables(variablesSet(surveyed, name)))
      if (emptied.length > 0) taken.set(name, bitsOfVariables(emptied))
    }
    if (bits.length > 0) given.set(name, bits)
  }
  return outputs.size + given.size + taken.size === 0 ? undefined : { outputs, locals, given, taken, bodies }
}

/** The variables that a step sets by itself, with the mapping of what they become. */
function* ownVariables({ definition, settings, inputs, step }: SurveyedStep): Iterable<[string, Mapping | undefined]> {
  for (const setting in definition?.settings) {
    const name = definition.settings[setting]?.kind === 'variable' ? settings[setting] : undefined
    if (typeof name !== 'string') continue
    const input = Object.keys(inputs).find((one) => inputs[one]?.variableOf === setting)
    yield [name, input === undefined ? undefined : mappingOf(inputs, step, input)]
  }
}

/** The variables that a step sets to nothing when it ends well. */
function variablesEmptied(surveyed: SurveyedStep | undefined): string[] {
  if (!surveyed || surveyed.step.disabled) return []
  return [...ownVariables(surveyed)].flatMap(([name, mapping]) =>
    mapping && kindOf(mapping).isNull?.(mapping) ? [name] : []
  )
}

/** The variables that a step gives a value when it ends well by an outcome: by itself, and by its output mappings. */
function variablesSet(surveyed: SurveyedStep, outcome: string): string[] {
  const { step, given } = surveyed
  const set = [...ownVariables(surveyed)].flatMap(([name, mapping]) =>
    mapping && kindOf(mapping).isNull?.(mapping) ? [] : [name]
  )
  if (!step.outputs) return set
  const outputs = given?.get(outcome)?.outputs ?? {}
  for (const [output, mapping] of Object.entries(step.outputs)) {
    const variable = variableOf(mapping)?.name
    if (variable !== undefined && Object.hasOwn(outputs, output)) set.push(variable)
  }
  return set
}

function setBit(bits: Bits, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
}

function clearBit(bits: Bits, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) & ~(1 << (bit & 31))
}

/** Whether `bits` holds `bit`. */
export function hasBit(bits: Bits | undefined, bit: number): boolean {
  return (((bits?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1
}
