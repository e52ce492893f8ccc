import { describe, expect, it } from 'vitest'
import type { Flow, Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { storyOf, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent } from '../journal/event.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const
const named = (name: string) => ({ inputs: { Signal: constant(name) } })
const dropped = (name: string) => ({ ...named(name), settings: { 'When nobody waits': 'Drop' } })

/** What was decided: which signals were lost, who took which, and along which outcomes the flow went on. */
const decided = (events: readonly RunEvent[]): readonly string[] =>
  storyOf(events.filter(({ event }) => event === 'StepCompleted' || event === 'Replied')).concat(
    events.flatMap((event) => (event.event === 'SignalSent' && event.dropped ? [`${event.step} dropped`] : []))
  )

const whole = async (main: Flow): Promise<readonly RunEvent[]> => (await tryRun({ main })).events

/** Cuts the run off after each of its events and goes on with it from there. */
async function expectTheSameWheneverResumed(main: Flow): Promise<void> {
  const events = await whole(main)
  for (let count = 1; count < events.length; count++) {
    const resumed = await tryRun({ main }, { before: events.slice(0, count) })
    expect(resumed.settled).toEqual({ state: 'completed' })
    expect([count, ...[...decided(resumed.events)].sort()]).toEqual([count, ...[...decided(events)].sort()])
  }
}

const firstOf = `Start -> Parallel
  Parallel -[Path 1]-> Wait for First Signal
  Wait for First Signal -[Approved]-> Pass -> Join
  Wait for First Signal -[Rejected]-> Pass 2 -> Join
  Parallel -[Path 2]-> Work -> Send Signal -> Join -> End Step`

describe('a run that is cut off after any of its events', () => {
  it('goes on along the outcome of the signal that came first', async () => {
    const main = flowFromText(firstOf, testDefinitions, { steps: { 'Send Signal': named('Rejected') } })
    expect(decided(await whole(main))).toContain('StepCompleted Wait for First Signal Rejected')
    await expectTheSameWheneverResumed(main)
  })

  it('gives a signal that is not kept to the step that waited for it before', async () => {
    const main = flowFromText(firstOf, testDefinitions, { steps: { 'Send Signal': dropped('Approved') } })
    expect(decided(await whole(main))).toContain('StepCompleted Wait for First Signal Approved')
    await expectTheSameWheneverResumed(main)
  })

  it('keeps a signal dropped that was dropped, and gives up the wait for it when its time is over', async () => {
    const main = flowFromText(
      `Start -> Send Signal -> Wait for First Signal -[Nothing Came]-> End Step
       Wait for First Signal -[Approved]-> End Step 2
       Wait for First Signal -[Rejected]-> End Step 2`,
      testDefinitions,
      { steps: { 'Send Signal': dropped('Approved'), 'Wait for First Signal': { settings: { 'Give up after': 5 } } } }
    )
    expect(decided(await whole(main))).toContain('Send Signal dropped')
    await expectTheSameWheneverResumed(main)
  })

  it.each([1, 3])('has enough of a For Each after the same items (at most %i at once)', async (atMost) => {
    const main = flowFromText('Start -> For Each -[Each]-> Work\nFor Each -[Done]-> End Step', testDefinitions, {
      steps: {
        'For Each': {
          settings: { 'At most': atMost, 'Enough after': 2 },
          inputs: { Items: constant([1, 2, 3, 4, 5]) }
        }
      }
    })
    await expectTheSameWheneverResumed(main)
  })
})
