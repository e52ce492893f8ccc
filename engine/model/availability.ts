import type { StepId } from './step.ts'
import type { Survey } from './survey.ts'

/** Whether a step output has a value: on every path to a place, on some of them, or on none. */
export type Availability = 'always' | 'some' | 'never'

/**
 * For each step that a run can come to, which outputs of which steps have values when it begins. What a step gave the
 * last time it was passed counts. Works with one bit per output, so that a thousand steps take a few milliseconds.
 */
export function availabilityIn(survey: Survey): (at: StepId, step: StepId, output: string) => Availability {
  const bits = numberOutputs(survey)
  const words = Math.ceil(bits.count / 32)
  const always = new Map<StepId, Uint32Array>()
  const some = new Map<StepId, Uint32Array>()
  const order = orderFromStart(survey)
  if (survey.start !== undefined) {
    always.set(survey.start, new Uint32Array(words))
    some.set(survey.start, new Uint32Array(words))
  }
  let changed = true
  while (changed) {
    changed = false
    for (const id of order) {
      const before = { always: always.get(id), some: some.get(id) }
      if (!before.always || !before.some) continue
      for (const { outcome, to } of survey.waysOf(id)) {
        const given = bits.given(id, outcome)
        if (to !== survey.start) {
          if (meet(always, to, before.always, bits.of(id), given)) changed = true
          if (join(some, to, before.some, bits.of(id), given)) changed = true
        }
      }
    }
  }
  return (at, step, output) => {
    const bit = bits.find(step, output)
    if (bit === undefined) return 'never'
    const has = (set: Uint32Array | undefined): boolean => (((set?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1
    return has(always.get(at)) ? 'always' : has(some.get(at)) ? 'some' : 'never'
  }
}
