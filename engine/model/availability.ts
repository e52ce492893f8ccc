import type { StepId } from './step.ts'
import type { Survey, SurveyedStep } from './survey.ts'

/** Whether a step output has a value: on every path to a place, on some of them, or on none. */
export type Availability = 'always' | 'some' | 'never'

/** One bit per output of a step. */
type Bits = Uint32Array

/**
 * For each step that a run can come to, which outputs of which steps have values when it begins. What a step gave the
 * last time it was passed counts. A thousand steps take a few milliseconds.
 */
export function availabilityIn(survey: Survey): (at: StepId, step: StepId, output: string) => Availability {
  const outputs = numberOutputs(survey)
  const always = new Map<StepId, Bits>()
  const some = new Map<StepId, Bits>()
  if (survey.start !== undefined) {
    always.set(survey.start, new Uint32Array(outputs.words))
    some.set(survey.start, new Uint32Array(outputs.words))
  }
  const order = fromStartOn(survey)
  const scratch = new Uint32Array(outputs.words)
  const places = new Map(order.map((id, place) => [id, place]))
  for (let again = true; again;) {
    again = false
    for (const [place, id] of order.entries()) {
      for (const { outcome, to } of survey.waysOf(id)) {
        if (to === survey.start) continue
        const isBack = (places.get(to) ?? 0) <= place
        outputs.leave(scratch, always.get(id), id, outcome)
        if (combine(always, to, scratch, (known, arriving) => known & arriving)) again ||= isBack
        outputs.leave(scratch, some.get(id), id, outcome)
        if (combine(some, to, scratch, (known, arriving) => known | arriving)) again ||= isBack
      }
    }
  }
  return (at, step, output) => {
    const bit = outputs.bitOf(step, output)
    if (bit === undefined) return 'never'
    if (isSet(always.get(at), bit)) return 'always'
    return isSet(some.get(at), bit) ? 'some' : 'never'
  }
}

/** The steps that a run can come to, each behind those that lead to it as far as there are no loops. */
function fromStartOn(survey: Survey): StepId[] {
  const order: StepId[] = []
  if (survey.start === undefined) return order
  const seen = new Set([survey.start])
  const path = [{ id: survey.start, next: 0 }]
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const way = survey.waysOf(top.id)[top.next++]
    if (!way) {
      order.push(top.id)
      path.pop()
    } else if (!seen.has(way.to)) {
      seen.add(way.to)
      path.push({ id: way.to, next: 0 })
    }
  }
  return order.reverse()
}

interface NumberedOutputs {
  /** How many 32 bit words hold all outputs. */
  readonly words: number
  bitOf(step: StepId, output: string): number | undefined
  /** Writes into `into` what has a value when `step` was left by `outcome`, if `before` had when it began. */
  leave(into: Bits, before: Bits | undefined, step: StepId, outcome: string): void
}

function numberOutputs(survey: Survey): NumberedOutputs {
  const layouts = new Map<Outcomes, OutputLayout>()
  const places = new Map<StepId, { readonly first: number; readonly layout: OutputLayout }>()
  let count = 0
  for (const id of survey.reached) {
    const { step, outcomes } = survey.steps.get(id) ?? {}
    if (!outcomes || step?.disabled) continue
    const layout = layouts.get(outcomes) ?? layoutOf(outcomes)
    layouts.set(outcomes, layout)
    places.set(id, { first: count, layout })
    count += layout.offsets.size
  }
  return {
    words: Math.ceil(count / 32),
    bitOf(step, output) {
      const place = places.get(step)
      const offset = place?.layout.offsets.get(output)
      return place && offset !== undefined ? place.first + offset : undefined
    },
    leave(into, before, step, outcome) {
      if (before) into.set(before)
      else into.fill(0)
      const place = places.get(step)
      if (!place) return
      const { first, layout } = place
      for (let bit = first; bit < first + layout.offsets.size; bit++) setBit(into, bit, false)
      for (const offset of layout.given.get(outcome) ?? []) setBit(into, first + offset, true)
    }
  }
}

type Outcomes = NonNullable<SurveyedStep['outcomes']>

/** The outputs of a kind of step, numbered from 0, and which of them each outcome gives. */
interface OutputLayout {
  readonly offsets: ReadonlyMap<string, number>
  readonly given: ReadonlyMap<string, readonly number[]>
}

function layoutOf(outcomes: Outcomes): OutputLayout {
  const offsets = new Map<string, number>()
  const given = new Map<string, number[]>()
  for (const [outcome, { outputs }] of outcomes) {
    const numbers = Object.keys(outputs).map((name) => {
      const offset = offsets.get(name) ?? offsets.size
      offsets.set(name, offset)
      return offset
    })
    given.set(outcome, numbers)
  }
  return { offsets, given }
}

/** Lets what arrives at a step by one more way count there. Answers whether that changed anything. */
function combine(
  sets: Map<StepId, Bits>,
  at: StepId,
  arriving: Bits,
  how: (known: number, arriving: number) => number
): boolean {
  const known = sets.get(at)
  if (!known) {
    sets.set(at, arriving.slice())
    return true
  }
  let changed = false
  for (let word = 0; word < arriving.length; word++) {
    const before = known[word] ?? 0
    const after = how(before, arriving[word] ?? 0) >>> 0
    if (after === before) continue
    known[word] = after
    changed = true
  }
  return changed
}

function isSet(bits: Bits | undefined, bit: number): boolean {
  return (((bits?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1
}

function setBit(bits: Bits, bit: number, on: boolean): void {
  const word = bits[bit >>> 5] ?? 0
  const mask = 1 << (bit & 31)
  bits[bit >>> 5] = on ? word | mask : word & ~mask
}
