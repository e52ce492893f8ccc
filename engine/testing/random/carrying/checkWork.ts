import { expect } from 'vitest'
import type { DoubtHandling } from '../../../model/index.ts'
import { doubtsOf } from '../../../run/journal/doubts.ts'
import type { RunEvent } from '../../../run/journal/event.ts'
import { foldRun } from '../../../run/journal/foldRun.ts'
import { type Carried, effectsOf, type WorkDone } from './carried.ts'
import type { Broken } from './killed.ts'

/**
 * Work that may be done twice is done at least once, other Work once, unless it was in doubt. What is left out once is left
 * out by all attempts of its visit that follow.
 */
export function checkWork(unbroken: Carried, { last, remains }: Broken, handling: DoubtHandling): void {
  const once = new Map(workOf(unbroken).map((work) => [work.id, work]))
  const unheard = unheardIn(unbroken)
  const times = new Map<string, number>()
  for (const { id } of workOf(last)) times.set(id, (times.get(id) ?? 0) + 1)
  for (const { id, input, unsafe } of workOf(last)) expect({ id, input, unsafe }).toEqual(sameParts(once.get(id)))
  const astray = new Set<string>()
  for (const [id, { unsafe }] of once) {
    if (unheard.has(id)) continue
    const count = times.get(id) ?? 0
    if (!unsafe) expect(count).toBeGreaterThan(0)
    else if (count !== 1) {
      astray.add(visitOf(id))
      if (handling === 'retry') expect(count).toBeGreaterThan(1)
      else expect(count).toBe(0)
    }
  }
  expect(astray.size).toBeLessThanOrEqual(remains.flatMap(({ events }) => doubtsOf(foldRun(events))).length)
}

/** The visit that did the Work with this id: its last word is the number of the attempt. */
const visitOf = (id: string): string => id.slice(0, id.lastIndexOf(' '))

const sameParts = (work: WorkDone | undefined): unknown =>
  work && { id: work.id, input: work.input, unsafe: work.unsafe }

/** The Work that was done, by earlier processes too. */
export const workOf = (carried: Carried): readonly WorkDone[] =>
  effectsOf(carried).flatMap((effect) => (effect.kind === 'work' ? [effect] : []))

/** What was done by steps that the run had given up before, so that it took no notice of it. */
function unheardIn({ moments }: Carried): ReadonlySet<string> {
  const ends = new Set<string>()
  for (const moment of moments)
    if (moment.kind === 'event' && endsAttempt(moment.event)) ends.add(`${moment.event.step} at ${moment.now}`)
  const unheard = moments.flatMap((moment) => {
    if (moment.kind !== 'done' || moment.effect.kind !== 'work') return []
    const { id, step, now } = moment.effect
    return ends.has(`${step} at ${now}`) ? [] : [id]
  })
  return new Set(unheard)
}

type AttemptEnd = Extract<RunEvent, { event: 'StepCompleted' | 'StepFailed' | 'StepRetried' }>

const endsAttempt = (event: RunEvent): event is AttemptEnd =>
  event.event === 'StepCompleted' || event.event === 'StepFailed' || event.event === 'StepRetried'
