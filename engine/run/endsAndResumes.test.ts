import { describe, expect, it } from 'vitest'
import { CancelSource, exit } from '../model/index.ts'
import { type Extras, calls, constant, customFlow, done, pause, waitsFor, items } from '../testing/customFlow.ts'
import { withCustom } from '../testing/customStep.ts'
import { resumedEverywhere } from '../testing/resumedEverywhere.ts'
import { type Trial, storyOf, tryRun } from '../testing/trialRun.ts'
import { type VirtualClock, virtualClock } from '../testing/virtualClock.ts'
import type { RunEvent } from './journal/event.ts'
import { type Journal, memoryJournal } from './journal/journal.ts'
import type { RunHandle } from './queue/runHandle.ts'

const select = (path: string) => ({ kind: 'select', path }) as const

const times = (count: number) => ({ inputs: { Times: constant(count) } })
const retried = (wait: number) => ({ retry: { attempts: 2, wait, factor: 1 } })
const at = (moment: number, act: (run: RunHandle) => void) => ({ at: moment, act })

/** All events up to the first one that is `name` of `step`. */
const upTo = ({ events }: Trial, name: string, step?: string): readonly RunEvent[] =>
  events.slice(
    0,
    events.findIndex((event) => event.event === name && (step === undefined || storyOf([event])[0]?.includes(step))) + 1
  )

/** A journal whose disk takes two seconds, or whatever `durable` does. */
function slowJournal(durable?: () => Promise<void>): { readonly journal: Journal; readonly clock: VirtualClock } {
  const clock = virtualClock()
  const memory = memoryJournal()
  const journal: Journal = {
    append: (event) => {
      memory.append(event)
    },
    durable: durable ?? (() => clock.sleep(2000, new CancelSource())),
    close: () => undefined
  }
  return { journal, clock }
}

describe('A background thread that waits for the reply', () => {
  it('ends once when it is cancelled before the reply', async () => {
    const flows = {
      main: customFlow('Start -> Start Linked Flow Async -> Go Async -> Pass -> End Step', {
        steps: { 'Start Linked Flow Async': calls('other') }
      }),
      other: customFlow('Start -> Pause Flow -> End Step', { name: 'other', steps: { 'Pause Flow': pause(9) } })
    }
    const cancelled = at(500, (run) => {
      run.cancel(2)
    })
    const { events } = await tryRun(flows, { ...slowJournal(), meanwhile: [cancelled] })
    expect(events.filter((event) => event.event === 'ThreadEnded' && event.thread === 2)).toHaveLength(1)
  })

  it('does not come back to life when a time limit has ended it before the reply', async () => {
    const flows = {
      main: customFlow(
        'Start -> Start Linked Flow Async -> For Each\nFor Each -[Each]-> Go Async -> Pass\nFor Each -[Done]-> End Step',
        { steps: { 'For Each': { ...items(2), timeout: 1 }, 'Start Linked Flow Async': calls('other') } }
      ),
      other: customFlow('Start -> Pause Flow -> End Step', { name: 'other', steps: { 'Pause Flow': pause(9) } })
    }
    const { events } = await tryRun(flows, slowJournal())
    expect(events.filter((event) => event.event === 'ThreadEnded' && event.thread === 2)).toHaveLength(1)
  })

  it('does no effect twice when a time limit has moved it before the reply', async () => {
    const limited: Extras = { steps: { 'For Each': { ...items(2), timeout: 1 } } }
    let count = 0
    const definitions = withCustom(async (context) => {
      await context.begin()
      count++
      await context.services.clock.sleep(5000, context.signal)
      return done
    }, 'unsafe')
    const main = customFlow(
      `Start -> For Each\nFor Each -[Each]-> Go Async -> Pass\nFor Each -[Done]-> End Step\nFor Each -[On Exception]-> Custom -> End Step`,
      limited
    )
    await tryRun({ main }, { ...slowJournal(), definitions })
    expect(count).toBe(1)
  })
})

describe('A run goes on from its journal', () => {
  it('after a thread has paused while it was alone, and again when it was not', async () => {
    const flows = {
      main: customFlow(
        'Start -> Repeat -[Done]-> Start Linked Flow Async -> Repeat 2 -[Done]-> End Step\nRepeat -[Loop]-> Pass\nRepeat 2 -[Loop]-> Pass 2',
        { steps: { Repeat: times(6000), 'Repeat 2': times(6000), 'Start Linked Flow Async': calls('other') } }
      ),
      other: customFlow('Start -> Pause Flow -> End Step', { name: 'other', steps: { 'Pause Flow': pause(1) } })
    }
    const whole = await tryRun(flows)
    const resumed = await tryRun(flows, { before: upTo(whole, 'Replied') })
    expect(resumed.settled).toEqual(whole.settled)
  })

  it('after a signal that came in the second pause of a thread that was alone', async () => {
    const main = customFlow('Start -> Repeat -[Done]-> End Step\nRepeat -[Loop]-> Pass', {
      steps: { Repeat: times(12_000) }
    })
    const sent = at(0, (run) => {
      run.signal('go', null)
    })
    const whole = await tryRun({ main }, { meanwhile: [sent] })
    const resumed = await tryRun({ main }, { before: upTo(whole, 'SignalReceived') })
    expect(resumed.settled).toEqual({ state: 'completed' })
  })

  it('after the outputs of a step that may be tried again could not be set', async () => {
    const definitions = withCustom(async () => exit('Done', { Out: 'no number' }), 'observes')
    const main = customFlow('Start -> Custom -> End Step\nCustom -[On Exception]-> End Step Late', {
      variables: [{ name: 'n', type: 'Number' }],
      steps: { Custom: { ...retried(1), outputs: { Out: { kind: 'set', variable: 'n' } } } }
    })
    await resumedEverywhere({ main }, { definitions })
  })

  it('after something was added to a variable that was no list', async () => {
    const definitions = withCustom(async () => exit('Done', { Out: 'second' }), 'observes')
    const main = customFlow('Start -> Custom -> End Step', {
      variables: [{ name: 'list', type: 'Any', initial: 'first' }],
      outputs: [{ name: 'List', type: 'Any' }],
      steps: {
        Custom: { outputs: { Out: { kind: 'append', variable: 'list' } } },
        'End Step': { inputs: { List: select('flow.list') } }
      }
    })
    await resumedEverywhere({ main }, { definitions })
  })

  it('without a timer for threads that have ended', async () => {
    const main = customFlow(
      'Start -> Parallel\nParallel -[Path 1]-> Pause Flow -> Join\nParallel -[Path 2]-> Pause Flow -> Join',
      {
        steps: { 'Pause Flow': pause(1) }
      }
    )
    const cancelled = at(500, (run) => {
      run.cancel()
    })
    const whole = await tryRun({ main }, { meanwhile: [cancelled] })
    const resumed = await tryRun({ main }, { before: whole.events.slice(0, -1) })
    expect(resumed.clock.elapsed()).toBe(0)
  })
})

describe('A thread that is cancelled in the midst of its move', () => {
  const forever = withCustom(() => new Promise(() => undefined), 'observes')

  it('ends although its step is deaf', async () => {
    const main = customFlow('Start -> Pause Flow -> Custom -> End Step', { steps: { 'Pause Flow': pause(1) } })
    const { settled } = await tryRun(
      { main },
      {
        definitions: forever,
        onEvent: (event, run) => {
          if (event.event === 'StepStarted' && event.step === 'Custom') run?.cancel()
        }
      }
    )
    expect(settled).toEqual({ state: 'cancelled' })
  })

  it('ends although the step that stops its own run does not answer', async () => {
    const definitions = withCustom(({ threads }) => {
      threads.cancel()
      return new Promise(() => undefined)
    }, 'observes')
    expect((await tryRun({ main: customFlow('Start -> Custom -> End Step') }, { definitions })).settled).toEqual({
      state: 'cancelled'
    })
  })

  it('ends although its journal never says that the reply is safe', async () => {
    const main = customFlow('Start -> Pause Flow -> Go Async -> Pass -> End Step', {
      steps: { 'Pause Flow': pause(1) }
    })
    const { settled } = await tryRun(
      { main },
      {
        ...slowJournal(() => new Promise(() => undefined)),
        onEvent: ({ event }, run) => {
          if (event === 'ThreadStarted') run?.cancel()
        }
      }
    )
    expect(settled).toEqual({ state: 'cancelled' })
  })
})

describe('A run', () => {
  it('gives a signal back that a step has taken whose output could not be set', async () => {
    const main = customFlow(
      'Start -> Wait for Signal -> End Step\nWait for Signal -[On Exception]-> Wait for Signal 2 -> End Step Late',
      {
        variables: [{ name: 'n', type: 'Number' }],
        steps: {
          'Wait for Signal': { ...waitsFor('go'), outputs: { Value: { kind: 'set', variable: 'n' } } },
          'Wait for Signal 2': waitsFor('go')
        }
      }
    )
    const sent = at(1000, (run) => {
      run.signal('go', 'no number')
    })
    expect((await tryRun({ main }, { meanwhile: [sent] })).reply).toMatchObject({ outcome: 'End Step Late' })
  })
})

describe('A run that is suspended', () => {
  it('begins no effect any more, not even its first one', async () => {
    let count = 0
    const definitions = withCustom(async (context) => {
      await context.begin()
      count++
      return done
    }, 'unsafe')
    const main = customFlow('Start -> Pause Flow -> Custom -> End Step', { steps: { 'Pause Flow': pause(1) } })
    await tryRun(
      { main },
      {
        definitions,
        onEvent: (event, run) => {
          if (event.event === 'StepCompleted' && event.step === 'Pause Flow') void run?.suspend()
        }
      }
    )
    expect(count).toBe(0)
  })

  it('says so to everybody who has asked only once its journal is closed', async () => {
    const order: string[] = []
    const { journal, clock } = slowJournal()
    const close = async (): Promise<void> => {
      await clock.sleep(1000, new CancelSource())
      order.push('closed')
    }
    const { handle } = await tryRun(
      { main: customFlow('Start -> Pause Flow -> End Step', { steps: { 'Pause Flow': pause(9) } }) },
      { clock, journal: { ...journal, close }, for: 100 }
    )
    const all = ['first', 'second'].map((name) => handle.suspend().then(() => order.push(name)))
    await clock.run()
    await Promise.all(all)
    expect(order[0]).toBe('closed')
  })
})
