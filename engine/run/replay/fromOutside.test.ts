import { describe, expect, it } from 'vitest'
import { CancelSource, type Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { tryRun } from '../../testing/trialRun.ts'
import { virtualClock } from '../../testing/virtualClock.ts'
import type { RunHandle } from '../queue/runHandle.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const
const pause = (seconds: number) => ({ inputs: { Seconds: constant(seconds) } })

describe('A run goes on from its journal', () => {
  it('after a debugger has held a thread while another one went on', async () => {
    const main = flowFromText(
      'Start -> Pause Flow -> Parallel\nParallel -[Path 1]-> Pass -> Pass 2 -> Join\nParallel -[Path 2]-> Pause Flow 2 -> Join -> End Step',
      testDefinitions,
      { steps: { 'Pause Flow': pause(1), 'Pause Flow 2': pause(1) } }
    )
    const clock = virtualClock()
    const hold = (_thread: number, _frame: number, step: string): Promise<void> | undefined =>
      step === 'Pass 2' ? clock.sleep(5000, new CancelSource()) : undefined
    const whole = await tryRun({ main }, { clock, meanwhile: [{ at: 0, act: (run) => run.attach({ before: hold }) }] })
    const resumed = await tryRun({ main }, { before: whole.events.slice(0, -2) })
    expect(resumed.settled).toEqual({ state: 'completed' })
  })

  it.each(['full', 'summary'] as const)(
    'only to be settled as cancelled, from any event, and begins nothing more: recording %s',
    async (recording) => {
      const main = flowFromText(
        'Start -> Repeat\nRepeat -[Loop]-> Pass -> Log\nRepeat -[Done]-> Work -> Go Async -> Work 2 -> End Step',
        testDefinitions,
        { steps: { Repeat: { inputs: { Times: constant(5) } }, Log: { inputs: { Message: constant('again') } } } }
      )
      const { events } = await tryRun({ main }, { recording })
      for (let count = 1; count < events.length - 1; count++) {
        const before = events.slice(0, count)
        const after = await tryRun({ main }, { before, cancel: true })
        expect([count, after.settled?.state]).toEqual([count, 'cancelled'])
        const begun = after.events.slice(count).filter(({ event }) => event === 'EffectBegun')
        expect(begun).toEqual([])
      }
    }
  )

  it.each([
    ['signalled', (run: RunHandle) => run.signal('go', null)],
    ['cancelled', (run: RunHandle) => run.cancel()]
  ])('after it was %s by whoever sees its events', async (_, act) => {
    const main = flowFromText('Start -> Pause Flow -> Pass -> Pause Flow 2 -> End Step', testDefinitions, {
      steps: { 'Pause Flow': pause(1), 'Pause Flow 2': pause(1) }
    })
    let seen = false
    const whole = await tryRun(
      { main },
      {
        onEvent: (event, run) => {
          if (seen || !run || event.event !== 'StepCompleted') return
          seen = true
          act(run)
        }
      }
    )
    const resumed = await tryRun({ main }, { before: whole.events.slice(0, -1) })
    expect(resumed.settled).toEqual(whole.settled)
  })
})
