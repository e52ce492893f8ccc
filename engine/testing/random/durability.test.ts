import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Durability, Recording } from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import { holds } from '../property/holds.ts'
import { carry } from './carrying/carry.ts'
import { eventsOf } from './carrying/carried.ts'
import { checkDone, checkTold, problemsOf } from './carrying/checkInvariants.ts'
import { richRun } from './flows/randomRun.ts'

const ways = fc.record({
  recording: fc.constantFrom<Recording[]>('full', 'full', 'summary'),
  durability: fc.constantFrom<Durability[]>('standard', 'standard', 'strict'),
  order: fc.option(fc.nat(), { nil: undefined }),
  unevenFlushes: fc.boolean()
})
const moment = fc.oneof(
  fc.record({ suspendAt: fc.integer({ min: 0, max: 2e9 }) }),
  fc.record({ atReply: fc.constantFrom('suspend' as const, 'cancel' as const) }),
  fc.record({})
)

it('no caller is told, and nothing is done, that rests on what could still be lost', { timeout: 600_000 }, () =>
  holds(
    'told',
    fc.asyncProperty(richRun, ways, async (run, way) => {
      const carried = await carry({ run, ...way })
      expect([...checkTold(carried), ...checkDone(carried)].join('\n')).toBe('')
    }),
    { runs: 500 }
  )
)

it('a journal that fails ends the run here, and the flow does not see it', { timeout: 600_000 }, () =>
  holds(
    'failing journal',
    fc.asyncProperty(richRun, ways, fc.integer({ min: 1, max: 6 }), moment, async (run, way, failsAtFlush, when) => {
      const carried = await carry({ run, ...way, failsAtFlush, ...when })
      expect(problemsOf(carried).join('\n')).toBe('')
      expect(stepsAfterFailure(eventsOf(carried))).toEqual([])
    }),
    { runs: 500 }
  )
)

/** What the flow does after a failure of the journal, which is no business of its own. */
function stepsAfterFailure(events: readonly RunEvent[]): readonly RunEvent[] {
  const failed = events.findIndex(
    (event) => (event.event === 'StepFailed' || event.event === 'StepRetried') && event.error.code === 'journal-failed'
  )
  return failed < 0 ? [] : events.slice(failed).filter(({ event }) => event === 'StepStarted')
}
