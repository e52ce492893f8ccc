import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RunEvent } from '../../run/journal/event.ts'
import { holds } from '../property/holds.ts'
import { carry } from './carrying/carry.ts'
import { addedBy, eventsOf } from './carrying/carried.ts'
import { problemsOf } from './carrying/checkInvariants.ts'
import { hasMailInDoubt } from './carrying/comparable.ts'
import { cutAfter } from './carrying/killed.ts'
import { richRun } from './flows/randomRun.ts'

/**
 * What events tell of each thread, but for their numbers: threads that go on at the same moment may do so in any order,
 * and a step that stops its own run may be stopped before it has completed.
 */
const facts = (events: readonly RunEvent[]): string[] =>
  events
    .filter((event) => !(event.event === 'StepCompleted' && event.step.startsWith('Cancel Run')))
    .sort((one, other) => one.at - other.at || threadOf(one) - threadOf(other))
    .map(({ seq: _, ...fact }) => JSON.stringify(fact))

const threadOf = (event: RunEvent): number => ('thread' in event ? event.thread : Infinity)

/** What a step that was cut off right after it does again, and tells: it sets a variable, or says that it begins with its items. */
const isToldAgain = (event: RunEvent | undefined): boolean =>
  event?.event === 'VariableSet' || (event?.event === 'StepProgressed' && !event.item)

it('goes on from any event of a random run as if nothing had happened', { timeout: 600_000 }, () =>
  holds(
    'replay',
    fc.asyncProperty(richRun, fc.double({ min: 0, max: 1, noNaN: true }), async (run, where) => {
      const whole = await carry({ run })
      const events = eventsOf(whole)
      let cut = 1 + Math.floor(where * (events.length - 2))
      while (isToldAgain(events[cut - 1])) cut--
      const before = cutAfter(whole, cut)
      const last = await carry({ run }, before)
      expect(problemsOf(last).join('\n')).toBe('')
      if (hasMailInDoubt(before)) return
      const [resumed, ...after] = addedBy(last)
      expect(resumed).toMatchObject({ event: 'RunResumed', seq: cut + 1, at: events[cut - 1]?.at })
      expect(facts(after)).toEqual(facts(events.slice(cut)))
    }),
    { runs: 2_000 }
  )
)
