import { describe, expect, it } from 'vitest'
import { CancelSource } from '../../model/index.ts'
import { customFlow, done, pause } from '../../testing/customFlow.ts'
import { withCustom } from '../../testing/customStep.ts'
import { type Trial, tryRun, unhandledIn } from '../../testing/trialRun.ts'
import type { RunEvent } from '../journal/event.ts'
import type { Journal } from '../journal/journal.ts'
import type { RunHandle } from './runHandle.ts'

describe('A run', () => {
  it('does not depend on whoever sees its events', async () => {
    const main = customFlow('Start -> Pause Flow -> Pass -> End Step', { steps: { 'Pause Flow': pause(1) } })
    const watch = ({ event }: RunEvent, run: RunHandle | undefined): void => {
      if (run && event === 'StepCompleted') throw new Error('The watcher broke')
    }
    let settled: Trial['settled']
    const problems = await unhandledIn(async () => {
      settled = (await tryRun({ main }, { onEvent: watch })).settled
    })
    expect({ settled, problems }).toEqual({ settled: { state: 'completed' }, problems: [] })
  })

  it('is suspended when its journal takes no events any more', async () => {
    const main = customFlow('Start -> Pause Flow -> Pass -> End Step', { steps: { 'Pause Flow': pause(1) } })
    let left = 6
    const full: Journal = {
      durable: () => Promise.resolve(),
      close: () => undefined,
      append: () => {
        if (--left < 0) throw new Error('ENOSPC')
      }
    }
    let settled: Trial['settled']
    const problems = await unhandledIn(async () => {
      settled = (await tryRun({ main }, { journal: full })).settled
    })
    expect(problems).toEqual([])
    expect(settled).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
  })

  it('records nothing after RunSettled, whatever a step that is over still sends', async () => {
    const definitions = withCustom(({ threads, services }) => {
      void services.clock.sleep(1000, new CancelSource()).then(() => {
        threads.send('go', 1)
      })
      return done
    }, 'idempotent')
    const { events } = await tryRun({ main: customFlow('Start -> Custom -> End Step') }, { definitions })
    expect(events.at(-1)?.event).toBe('RunSettled')
  })

  it('lets a step begin no effect once it was stopped', async () => {
    const definitions = withCustom(async (context) => {
      await Promise.resolve()
      context.log('info', 'about to begin')
      await context.begin()
      return done
    }, 'unsafe')
    const { events, settled } = await tryRun(
      { main: customFlow('Start -> Custom -> End Step') },
      {
        definitions,
        onEvent: ({ event }, run) => {
          if (event === 'Logged') run?.cancel()
        }
      }
    )
    expect(settled).toEqual({ state: 'cancelled' })
    expect(events.some(({ event }) => event === 'EffectBegun')).toBe(false)
  })

  it('tells a step when it began, whenever the step asks', async () => {
    let late = -1
    const definitions = withCustom(async (context) => {
      const { clock } = context.services
      const began = clock.now()
      await clock.sleep(500, context.signal)
      late = context.startedAt - began
      return done
    }, 'observes')
    await tryRun({ main: customFlow('Start -> Custom -> End Step') }, { definitions })
    expect(late).toBe(0)
  })

  it('shows a debugger every step from the next one on, also when it is attached in the midst of a move', async () => {
    const seen: string[] = []
    const before = (_thread: number, _frame: number, step: string): undefined => void seen.push(step)
    const main = customFlow('Start -> Pause Flow -> Pass -> Pass 2 -> End Step', { steps: { 'Pause Flow': pause(1) } })
    await tryRun(
      { main },
      {
        onEvent: (event, run) => {
          if (event.event === 'StepStarted' && event.step === 'Pass') run?.attach({ before })
        }
      }
    )
    expect(seen[0]).toBe('Pass 2')
  })

  it('does not fail because a debugger does', async () => {
    const main = customFlow('Start -> Pause Flow -> Pass -> End Step', { steps: { 'Pause Flow': pause(1) } })
    const before = (): Promise<void> => Promise.reject(new Error('The debugger has gone'))
    const { settled } = await tryRun({ main }, { meanwhile: [{ at: 0, act: (run) => run.attach({ before }) }] })
    expect(settled).toEqual({ state: 'completed' })
  })

  it('goes along On Exception whatever a step throws', async () => {
    const definitions = withCustom(() => {
      throw Object.create(null)
    })
    const main = customFlow('Start -> Custom -> End Step\nCustom -[On Exception]-> End Step Late')
    expect((await tryRun({ main }, { definitions })).reply).toMatchObject({ outcome: 'End Step Late' })
  })
})
