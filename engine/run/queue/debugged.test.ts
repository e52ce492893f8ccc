import { describe, expect, it } from 'vitest'
import type { Flow, Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent, RunFlows } from '../journal/event.ts'
import type { Debugger } from '../state/debugger.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const
const flow = (text: string, times = 30): Flow =>
  flowFromText(text, testDefinitions, { steps: { Repeat: { inputs: { Times: constant(times) } } } })
const attached = (flows: RunFlows, before: Debugger['before']): Promise<Trial> =>
  tryRun(flows, { meanwhile: [{ at: 0, act: (run) => run.attach({ before }) }] })

/** Everything that is told of each thread, but when, and in what order with others. */
function byThread(events: readonly RunEvent[]): unknown {
  const told = new Map<number, unknown[]>()
  for (const event of events) {
    if (event.event === 'ThreadYielded') continue
    const thread = 'thread' in event ? (event.thread ?? -1) : -1
    told.set(thread, [...(told.get(thread) ?? []), { ...event, at: 0, seq: 0 }])
  }
  return told
}

describe('A debugger that looks at every step', () => {
  const main = flow(
    'Start -> Go Async -> Repeat -[Done]-> Parallel\nRepeat -[Loop]-> Pass\nParallel -[Path 1]-> Work -> Join\nParallel -[Path 2]-> Work 2 -> Join -> End Step'
  )

  it('leaves no trace in the journal', async () => {
    let seen = 0
    const debugged = await attached({ main }, () => {
      seen++
      return undefined
    })
    expect(seen).toBeGreaterThan(30)
    expect(debugged.events).toEqual((await tryRun({ main })).events)
  })

  it('leaves none when it holds each thread at each step either, but for which thread goes on first', async () => {
    const debugged = await attached({ main }, () => Promise.resolve())
    expect(byThread(debugged.events)).toEqual(byThread((await tryRun({ main })).events))
  })

  it('does not move the moments at which a thread lets others have their turn', async () => {
    const busy = flow(
      'Start -> Parallel\nParallel -[Path 1]-> Repeat -[Done]-> Join\nRepeat -[Loop]-> Pass\nParallel -[Path 2]-> Work -> Join -> End Step',
      12_000
    )
    const yields = ({ events }: Trial): unknown =>
      events.flatMap((event) => (event.event === 'ThreadYielded' ? [event.steps] : []))
    let seen = 0
    const debugged = await attached({ main: busy }, () => (++seen % 1000 === 0 ? Promise.resolve() : undefined))
    const alone = await tryRun({ main: busy })
    expect(yields(alone)).not.toEqual([])
    expect(yields(debugged)).toEqual(yields(alone))
  })

  it('attaches in the midst of a long loop, and lets it go again', async () => {
    let seen = 0
    let detach = (): void => undefined
    const before = (): undefined => {
      if (++seen === 5) detach()
    }
    const { settled } = await tryRun(
      { main: flow('Start -> Repeat -[Done]-> End Step\nRepeat -[Loop]-> Pass', 15_000) },
      { meanwhile: [{ at: 0, act: (run) => (detach = run.attach({ before })) }] }
    )
    expect(settled).toEqual({ state: 'completed' })
    expect(seen).toBe(5)
  })

  it('holds one thread while the others go on', async () => {
    const paths = flow(
      'Start -> Work -> Parallel\nParallel -[Path 1]-> Pass -> Join\nParallel -[Path 2]-> Work 2 -> Join -> End Step'
    )
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const { settled, events } = await tryRun(
      { main: paths },
      {
        meanwhile: [
          {
            at: 0,
            act: (run) => run.attach({ before: (_thread, _frame, step) => (step === 'Pass' ? held : undefined) })
          },
          {
            at: 5000,
            act: () => {
              letGo()
            }
          }
        ]
      }
    )
    const endOf = (step: string): number | undefined =>
      events.find((event) => event.event === 'StepCompleted' && event.step === step)?.at
    expect(settled).toEqual({ state: 'completed' })
    expect(endOf('Work 2')).toBe(2000)
    expect(endOf('Pass')).toBe(5000)
  })
})
