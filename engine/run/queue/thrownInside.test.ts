import { describe, expect, it } from 'vitest'
import { CancelSource, type Flow, type Value, defineStep, exit, fork } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { storyOf, tryRun, unhandledIn } from '../../testing/trialRun.ts'
import { type Journal, memoryJournal } from '../journal/journal.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)
const constant = (value: Value) => ({ kind: 'constant', value }) as const
const select = (path: string) => ({ kind: 'select', path }) as const

/** A While whose condition has no value any more once its body has been passed. */
const goneCondition: Extras = {
  variables: [{ name: 'go', type: 'Boolean', initial: true }],
  steps: {
    While: { inputs: { Condition: select('flow.go') } },
    'Set Value': { settings: { Variable: 'go' }, inputs: { Value: { kind: 'null' } } },
    'Throw Exception': { inputs: { Message: constant('x') } }
  }
}

describe('What is thrown inside a move is the failure of the step that caused it', () => {
  it('when the condition of a While is gone after Go Async in its body', async () => {
    const main = flow('Start -> While -[Done]-> End Step\nWhile -[Loop]-> Set Value -[Done]-> Go Async', goneCondition)
    const problems = await unhandledIn(async () => {
      const { reply, settled } = await tryRun({ main })
      expect(reply).toMatchObject({ kind: 'replied' })
      expect(settled).toMatchObject({
        state: 'background failed',
        error: { code: 'input-missing', step: 'While' }
      })
    })
    expect(problems).toEqual([])
  })

  it('when On Exception in the body leads back to a While whose condition is gone', async () => {
    const main = flow(
      'Start -> While -[Done]-> End Step\nWhile -[Loop]-> Set Value -[Done]-> Throw Exception\nThrow Exception -[On Exception]-> While',
      goneCondition
    )
    const { settled } = await tryRun({ main })
    expect(settled).toMatchObject({ state: 'failed', error: { code: 'input-missing', step: 'While' } })
  })

  it('goes along No Data where that is connected', async () => {
    const main = flow(
      'Start -> While -[Done]-> End Step\nWhile -[Loop]-> Set Value\nWhile -[No Data]-> End Step Gone',
      goneCondition
    )
    expect((await tryRun({ main })).reply).toMatchObject({ outcome: 'End Step Gone' })
  })

  const callAll = defineStep({
    type: 'pass',
    title: 'Pass',
    summary: 'Calls two flows at once.',
    category: 'Code',
    icon: 'check',
    canFail: true,
    inputs: {},
    settings: {},
    outcomes: { Done: { outputs: {} } },
    run: ({ results }) =>
      results
        ? exit('Done', {})
        : fork(
            ['other', 'nowhere'].map((called) => ({ flow: called, inputs: {} })),
            null
          )
  })
  const definitions = [...testDefinitions.filter(({ type }) => type !== 'pass'), callAll]

  it('when a flow is missing that a step calls side by side with another, and no branch has begun then', async () => {
    const other = flow('Start -> Work -> End Step')
    for (const [text, outcome] of [
      ['Start -> Pass -> End Step', undefined],
      ['Start -> Pass -> End Step\nPass -[On Exception]-> End Step Failed', 'End Step Failed']
    ] as const) {
      const { reply, settled, events } = await tryRun({ main: flow(text), other }, { definitions })
      if (outcome === undefined) expect(settled).toMatchObject({ state: 'failed', error: { code: 'flow-missing' } })
      else expect(reply).toMatchObject({ outcome })
      expect(storyOf(events).filter((line) => line.startsWith('ThreadStarted'))).toHaveLength(1)
    }
  })
})

describe('A run that is over records nothing more', () => {
  it('when it is cancelled in the tick of its reply', async () => {
    const main = flow('Start -> Work -> For Each\nFor Each -[Each]-> Go Async\nFor Each -[Done]-> End Step', {
      steps: { 'For Each': { inputs: { Items: constant([1, 2, 3]) } } }
    })
    const problems = await unhandledIn(async () => {
      const { events, settled } = await tryRun(
        { main },
        {
          onEvent: ({ event }, run) => {
            if (event === 'Replied') void Promise.resolve().then(() => run?.cancel())
          }
        }
      )
      expect(settled).toMatchObject({ state: 'cancelled' })
      expect(events.at(-1)?.event).toBe('RunSettled')
    })
    expect(problems).toEqual([])
  })

  it('when it is cancelled by whoever sees its events', async () => {
    const main = flow(
      'Start -> Parallel\nParallel -[Path 1]-> Work -> Join\nParallel -[Path 2]-> Work 2 -> Join -> End Step'
    )
    for (let count = 1; count < 14; count++) {
      let seen = 0
      const { events, settled } = await tryRun(
        { main },
        {
          onEvent: (_, run) => {
            if (++seen === count) run?.cancel()
          }
        }
      )
      expect(settled).toBeDefined()
      expect(events.filter(({ event }) => event === 'RunSettled')).toHaveLength(1)
      expect(events.at(-1)?.event).toBe('RunSettled')
    }
  })

  it('suspended, also when its journal cannot be written', async () => {
    const memory = memoryJournal()
    const full = (): Promise<void> => Promise.reject(new Error('ENOSPC'))
    const journal: Journal = {
      append: (event) => {
        memory.append(event)
      },
      durable: full,
      close: full
    }
    const main = flow('Start -> Work -> End Step')
    const trial = await tryRun({ main }, { journal, for: 100 })
    const suspended = trial.handle.suspend()
    await trial.clock.run()
    await suspended
    expect(await trial.handle.settled).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
  })
})

describe('A journal that cannot be written in strict durability', () => {
  it('suspends the run whose effect it does not hold, and the step that comes next does not begin', async () => {
    const memory = memoryJournal()
    const journal: Journal = {
      append: (event) => {
        memory.append(event)
      },
      durable: () => Promise.reject(new Error('ENOSPC')),
      close: () => undefined
    }
    const main = flow('Start -> Send Signal -> Pass -> End Step\nSend Signal -[On Exception]-> End Step Failed', {
      steps: { 'Send Signal': { inputs: { Signal: constant('go') } } }
    })
    const { settled, events } = await tryRun({ main }, { journal, durability: 'strict' })
    expect(settled).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
    expect(storyOf(events).filter((line) => line.includes('Pass') || line.startsWith('StepFailed'))).toEqual([])
  })
})

describe('The loop guard', () => {
  it('counts steps that are disabled', async () => {
    const main = flow('Start -> Pass 1 -> Pass 2 -> Pass 1', {
      steps: { 'Pass 1': { disabled: true }, 'Pass 2': { disabled: true } }
    })
    const { settled } = await tryRun({ main }, { limits: { loopGuard: 100 } })
    expect(settled).toMatchObject({ state: 'failed', error: { code: 'loop-guard', step: 'Pass 1' } })
  })
})

describe('A time limit', () => {
  it('leaves no listener behind', async () => {
    const main = flow('Start -> For Each\nFor Each -[Each]-> Pass\nFor Each -[Done]-> Work -> End Step', {
      steps: {
        Pass: { timeout: 60 },
        'For Each': { inputs: { Items: constant(Array.from({ length: 100 }, (_, index) => index)) } }
      }
    })
    let left = 0
    const subscribe = CancelSource.prototype.onCancel
    CancelSource.prototype.onCancel = function (listener) {
      const forget = subscribe.call(this, listener)
      left++
      return () => {
        left--
        forget()
      }
    }
    try {
      let atWork = -1
      await tryRun({ main }, { work: () => Promise.resolve((atWork = left)) })
      // Each time limit sleeps on a source of its own, which is given, not left, when the visit is over.
      expect(atWork).toBeLessThanOrEqual(100 + 1)
    } finally {
      CancelSource.prototype.onCancel = subscribe
    }
  })

  it('does not hear of the thread that its step has left, as in the unbroken run so in a resumed one', async () => {
    const child = flow('Start -> For Each\nFor Each -[Each]-> Go Async -> Work 2\nFor Each -[Done]-> End Step', {
      name: 'child',
      steps: { 'For Each': { timeout: 1000, inputs: { Items: constant([1, 2, 3]) } } }
    })
    const main = flow('Start -> Run Flow -[End Step]-> Work -> Work 3 -> End Step', {
      steps: { 'Run Flow': { settings: { Flow: 'child' } } }
    })
    const ends = (events: readonly { readonly event: string }[]): readonly string[] =>
      storyOf(events as Parameters<typeof storyOf>[0]).filter((line) => line.startsWith('ThreadEnded'))
    const cancelMain = (at: number) => [{ at, act: (run: { cancel: (thread: number) => void }) => run.cancel(0) }]
    const whole = await tryRun({ main, child }, { meanwhile: cancelMain(1200) })
    const cut = await tryRun({ main, child }, { for: 500 })
    const resumed = await tryRun({ main, child }, { before: cut.events, later: 500, meanwhile: cancelMain(700) })
    expect(ends(resumed.events)).toEqual(ends(whole.events))
    expect(ends(whole.events)).toEqual(['ThreadEnded cancelled', 'ThreadEnded End Step completed'])
  })
})
