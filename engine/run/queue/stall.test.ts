import { describe, expect, it } from 'vitest'
import type { Flow, Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { storyOf, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent } from '../journal/event.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)
const constant = (value: Value) => ({ kind: 'constant', value }) as const
const waitsFor = (signal: string) => ({ inputs: { Signal: constant(signal) } })
const warnings = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => (event.event === 'Logged' && event.level === 'warning' ? [event.message] : []))

describe('A wait that nothing inside can end', () => {
  it('goes on with a sentence, once in each process, and ends when the signal comes from outside', async () => {
    const main = flow('Start -> Wait for Signal -> End Step', { steps: { 'Wait for Signal': waitsFor('go') } })
    const stalled = await tryRun({ main })
    expect(stalled.settled).toBeUndefined()
    expect(warnings(stalled.events)).toEqual([
      '“Wait for Signal” waits for the signal “go”, which nothing left in this run can send. It goes on when the signal comes from outside.'
    ])
    const sent = await tryRun(
      { main },
      {
        meanwhile: [
          {
            at: 5,
            act: (run) => {
              run.signal('go', null)
            }
          }
        ]
      }
    )
    expect(sent.reply).toMatchObject({ kind: 'replied' })
    const resumed = await tryRun({ main }, { before: stalled.events })
    expect(warnings(resumed.events)).toHaveLength(2)
  })

  it('is found between branches of which each waits for the other', async () => {
    const main = flow(
      'Start -> Parallel\nParallel -[Path 1]-> Wait for Signal 1 -> Send Signal 1 -> Join\nParallel -[Path 2]-> Wait for Signal 2 -> Send Signal 2 -> Join -> End Step',
      {
        steps: {
          'Wait for Signal 1': waitsFor('a'),
          'Send Signal 1': waitsFor('b'),
          'Wait for Signal 2': waitsFor('b'),
          'Send Signal 2': waitsFor('a')
        }
      }
    )
    const { events, settled } = await tryRun({ main })
    expect(settled).toBeUndefined()
    expect(warnings(events)).toHaveLength(2)
  })

  it('is none while anything else goes on, or its time is limited', async () => {
    const main = flow(
      'Start -> Parallel\nParallel -[Path 1]-> Wait for Signal -> Join\nParallel -[Path 2]-> Work -> Send Signal -> Join -> End Step',
      { steps: { 'Wait for Signal': waitsFor('go'), 'Send Signal': waitsFor('go') } }
    )
    const { events, settled } = await tryRun({ main })
    expect(settled).toEqual({ state: 'completed' })
    expect(warnings(events)).toEqual([])
    const limited = flow('Start -> Wait for Signal -> End Step', {
      steps: { 'Wait for Signal': { ...waitsFor('go'), timeout: 2 } }
    })
    const late = await tryRun({ main: limited })
    expect(late.settled).toMatchObject({ error: { code: 'step-timeout' } })
    expect(warnings(late.events)).toEqual([])
  })
})

describe('A deadlock', () => {
  const own = flow('Start -> Wait for Run -> End Step', { steps: { 'Wait for Run': { inputs: { Run: constant(0) } } } })

  it('fails the step that waits for its own thread, with its name', async () => {
    const { settled } = await tryRun({ main: own })
    expect(settled).toMatchObject({ state: 'failed', error: { code: 'deadlock', step: 'Wait for Run' } })
    expect(settled?.error?.message).toContain('“Wait for Run” waits for its own thread')
  })

  it('takes the On Exception of that step, and is the same after a resume', async () => {
    const main = flow('Start -> Wait for Run -> End Step\nWait for Run -[On Exception]-> End Step Stuck', {
      steps: { 'Wait for Run': { inputs: { Run: constant(0) } } }
    })
    const { reply, events } = await tryRun({ main })
    expect(reply).toMatchObject({ outcome: 'End Step Stuck' })
    for (let count = 1; count < events.length; count++) {
      const resumed = await tryRun({ main }, { before: events.slice(0, count) })
      expect(resumed.reply).toEqual(reply)
      expect(storyOf(resumed.events).filter((line) => line !== 'RunResumed')).toEqual(storyOf(events))
    }
  })

  it('is found between two threads that wait for each other’s end', async () => {
    const linked = flow('Start -> Wait for Run -> End Step', {
      name: 'linked',
      steps: { 'Wait for Run': { inputs: { Run: constant(0) } } }
    })
    const main = flow(
      'Start -> Start Linked Flow Async -> Wait for Run 1 -[Done]-> End Step\nWait for Run 1 -[Failed]-> End Step',
      {
        steps: {
          'Start Linked Flow Async': { settings: { Flow: 'linked' } },
          'Wait for Run 1': { inputs: { Run: { kind: 'select', path: 'steps.Start Linked Flow Async.Run' } } }
        }
      }
    )
    const { settled } = await tryRun({ main, linked })
    expect(settled?.error?.message).toContain('“Wait for Run 1”, “Wait for Run” wait for one another')
  })
})
