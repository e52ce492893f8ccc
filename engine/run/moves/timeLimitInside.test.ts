import { describe, expect, it } from 'vitest'
import { type Flow, exit } from '../../model/index.ts'
import { calls, items, type Extras, constant, customFlow, done, pause, waitsFor } from '../../testing/customFlow.ts'
import { withCustom } from '../../testing/customStep.ts'
import { tryRun } from '../../testing/trialRun.ts'
import type { RunHandle } from '../queue/runHandle.ts'

const retried = (wait: number) => ({ retry: { attempts: 2, wait, factor: 1 } })
const at = (moment: number, act: (run: RunHandle) => void) => ({ at: moment, act })

describe('A time limit stops all that its step has entered', () => {
  const late = 'Run Flow -[End Step]-> End Step\nRun Flow -[On Exception]->'
  const child = (text: string, steps: NonNullable<Extras>['steps']): Flow =>
    customFlow(text, { name: 'child', ...(steps && { steps }) })

  it('so that no wait that was given up takes a signal', async () => {
    const flows = {
      main: customFlow(`Start -> Run Flow\n${late} Wait for Signal -> End Step Late`, {
        steps: { 'Run Flow': { ...calls('child'), timeout: 1 }, 'Wait for Signal': waitsFor('go') }
      }),
      child: child('Start -> Wait for Signal -> End Step', { 'Wait for Signal': waitsFor('go') })
    }
    const { reply } = await tryRun(flows, {
      meanwhile: [
        at(2000, (run) => {
          run.signal('go', null)
        })
      ]
    })
    expect(reply).toMatchObject({ outcome: 'End Step Late' })
  })

  it('so that no step in it goes on once the run has settled', async () => {
    const flows = {
      main: customFlow(`Start -> Run Flow\n${late} End Step Late`, {
        steps: { 'Run Flow': { ...calls('child'), timeout: 1 } }
      }),
      child: child('Start -> Pause Flow -> End Step', { 'Pause Flow': pause(3600) })
    }
    const { settled, clock } = await tryRun(flows)
    expect(settled).toEqual({ state: 'completed' })
    expect(clock.elapsed()).toBe(1000)
  })

  it('so that two attempts never do the same step at once', async () => {
    let [now, most] = [0, 0]
    const definitions = withCustom(async ({ services, signal }) => {
      most = Math.max(most, ++now)
      await services.clock.sleep(5000, signal).finally(() => now--)
      return done
    }, 'idempotent')
    const main = customFlow('Start -> For Each\nFor Each -[Each]-> Custom\nFor Each -[Done]-> End Step', {
      steps: { 'For Each': { ...items(1), timeout: 1, ...retried(1) } }
    })
    await tryRun({ main }, { definitions })
    expect(most).toBe(1)
  })

  it('so that no wait for another attempt goes on', async () => {
    const main = customFlow(
      'Start -> For Each\nFor Each -[Each]-> Throw Exception\nFor Each -[On Exception]-> End Step',
      {
        steps: {
          'For Each': { ...items(1), timeout: 1 },
          'Throw Exception': { inputs: { Message: constant('x') }, ...retried(3600) }
        }
      }
    )
    expect((await tryRun({ main })).clock.elapsed()).toBe(1000)
  })

  it('so that no branch is left that a Join in it did not wait for', async () => {
    const main = customFlow(
      'Start -> For Each\nFor Each -[Each]-> Parallel\nParallel -[Path 1]-> Join\nParallel -[Path 2]-> Pause Flow -> Join -> Pause Flow 2\nFor Each -[On Exception]-> End Step',
      {
        steps: {
          'For Each': { ...items(1), timeout: 1 },
          Join: { settings: { 'Wait for': 'Any', 'Cancel the rest': false } },
          'Pause Flow': pause(30),
          'Pause Flow 2': pause(30)
        }
      }
    )
    expect((await tryRun({ main })).events.at(-1)).toMatchObject({ event: 'RunSettled', at: 1000 })
  })

  it('and the End Step that a branch of an attempt has reached is forgotten with the attempt', async () => {
    let attempts = 0
    const definitions = withCustom(async () => exit(++attempts === 1 ? 'Done' : 'Again', {}), 'observes')
    const main = customFlow(
      'Start -> Parallel\nParallel -[Path 1]-> Custom -> End Step Early\nCustom -[Again]-> Join\nParallel -[Path 2]-> Pause Flow -> Join -> End Step',
      {
        steps: {
          Parallel: { timeout: 1, ...retried(0) },
          Join: { settings: { 'Wait for': 'Any' } },
          'Pause Flow': pause(10)
        }
      }
    )
    expect((await tryRun({ main }, { definitions })).reply).toMatchObject({ outcome: 'End Step' })
  })
})
