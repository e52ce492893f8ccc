import { describe, expect, it } from 'vitest'
import { type Flow, StepFailure, type Value, exit } from '../../model/index.ts'
import { withCustom } from '../../testing/customStep.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { resumedEverywhere } from '../../testing/resumedEverywhere.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, storyOf, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent } from '../journal/event.ts'
import type { RunHandle } from '../queue/runHandle.ts'

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

const done = exit('Done', { Out: null })
const pause = (seconds: number) => ({ inputs: { Seconds: constant(seconds) } })
const retried = (wait: number) => ({ retry: { attempts: 2, wait, factor: 1 } })
/** Who has got a signal for good. */
const served = ({ events }: Trial): readonly string[] =>
  events.flatMap((event) => (event.event === 'StepCompleted' && event.step.startsWith('Wait') ? [event.step] : []))

describe('A signal', () => {
  it('goes to who was the first to wait for it, also where that wait was cut off', async () => {
    const main = flowFromText(
      `Start -> Parallel
       Parallel -[Path 1]-> Wait for Signal -> Join
       Parallel -[Path 2]-> Pause Flow -> Send Signal -> Wait for Signal 2 -> Join -> End Step`,
      testDefinitions,
      {
        steps: {
          'Wait for Signal': named('go'),
          'Wait for Signal 2': named('go'),
          'Send Signal': named('go'),
          'Pause Flow': pause(1)
        }
      }
    )
    await resumedEverywhere({ main }, {}, served)
  })

  const takesAndFails = withCustom(async ({ threads }) => {
    await threads.receive(['go'])
    throw new StepFailure('no-luck', 'No luck.')
  }, 'observes')
  const sent = (moment: number) => ({
    at: moment,
    act: (run: RunHandle) => {
      run.signal('go', null)
    }
  })

  it('that a step gives back by its failure is there once', async () => {
    const main = flowFromText(
      `Start -> Parallel
       Parallel -[Path 1]-> Custom -> Join
       Custom -[On Exception]-> Join
       Parallel -[Path 2]-> Wait for Signal -> Join -> Pause Flow -> Wait for Signal 2 -> End Step`,
      takesAndFails,
      { steps: { 'Wait for Signal': named('go'), 'Wait for Signal 2': named('go'), 'Pause Flow': pause(1) } }
    )
    const whole = await tryRun({ main }, { definitions: takesAndFails, meanwhile: [sent(2000)] })
    const received = whole.events.findIndex(({ event }) => event === 'SignalReceived')
    for (let count = received + 1; count < whole.events.length; count++) {
      const before = whole.events.slice(0, count)
      const resumed = await tryRun({ main }, { definitions: takesAndFails, before })
      expect([count, served(resumed), resumed.settled]).toEqual([count, ['Wait for Signal'], undefined])
    }
  })

  it('that a step gives back because its process ended is there once, for every process after that', async () => {
    const definitions = withCustom(async ({ threads, services, signal }) => {
      await services.clock.sleep(1000, signal)
      await threads.receive(['go'])
      await services.clock.sleep(5000, signal)
      return done
    }, 'observes')
    const main = flowFromText(
      `Start -> Parallel
       Parallel -[Path 1]-> Custom -> Join
       Parallel -[Path 2]-> Pause Flow -> Wait for Signal -> Join -> End Step`,
      definitions,
      { steps: { 'Pause Flow': pause(2), 'Wait for Signal': named('go') } }
    )
    const first = await tryRun({ main }, { definitions, meanwhile: [sent(500)], for: 3000 })
    const second = await tryRun({ main }, { definitions, before: first.events, for: 500 })
    const third = await tryRun({ main }, { definitions, before: second.events })
    expect(served(second)).toEqual(['Wait for Signal'])
    expect([served(third), third.settled]).toEqual([['Wait for Signal'], undefined])
  })

  const waitsThrice = 'Start -> Custom -> Wait for Signal -> Wait for Signal 2 -> Wait for Signal 3 -> End Step'
  const named3 = { 'Wait for Signal': named('go'), 'Wait for Signal 2': named('go'), 'Wait for Signal 3': named('go') }

  it('that a step sends is sent by each of its attempts', async () => {
    const definitions = withCustom(async ({ threads, attempt }) => {
      threads.send('go', attempt)
      if (attempt === 1) throw new StepFailure('no-luck', 'No luck.')
      return done
    }, 'idempotent')
    const main = flowFromText(waitsThrice, definitions, { steps: { Custom: retried(1), ...named3 } })
    await resumedEverywhere({ main }, { definitions }, served)
  })

  it('that a step sends twice is there twice', async () => {
    const definitions = withCustom(async ({ threads, services, signal }) => {
      threads.send('go', 1)
      threads.send('go', 2)
      await services.clock.sleep(1000, signal)
      return done
    }, 'idempotent')
    const main = flowFromText(waitsThrice, definitions, { steps: named3 })
    await resumedEverywhere({ main }, { definitions }, served)
  })
})
