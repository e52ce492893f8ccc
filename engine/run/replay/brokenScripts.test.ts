import { describe, expect, it } from 'vitest'
import { flowFromText } from '../../testing/flowFromText.ts'
import { resumedEverywhere } from '../../testing/resumedEverywhere.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type TrialOptions, plainScripts, tryRun } from '../../testing/trialRun.ts'

const script = (source: string) => ({ kind: 'script', source }) as const

/** Go Async works out what its caller gets by a script of the End Step. */
const replying = (retry?: { readonly attempts: number; readonly wait: number; readonly factor: number }) =>
  flowFromText('Start -> Go Async -> Pause Flow -> End Step\nGo Async -[On Exception]-> Pause Flow', testDefinitions, {
    outputs: [{ name: 'Out', type: 'Any' }],
    steps: {
      'Pause Flow': { inputs: { Seconds: { kind: 'constant', value: 1 } } },
      'End Step': { inputs: { Out: script('1') } },
      ...(retry && { 'Go Async': { retry } })
    }
  })

/** The sandbox breaks so often, then works. */
const breaking = (times: number): TrialOptions => {
  let left = times
  return {
    services: {
      script: {
        run: (...call) => (left-- > 0 ? Promise.reject(new Error('The sandbox broke')) : plainScripts.run(...call))
      }
    }
  }
}

describe('A run goes on from anywhere', () => {
  it('after a script broke by which Go Async works out what its caller gets', () =>
    resumedEverywhere({ main: replying() }, breaking(Infinity)))

  it('after it broke once, and Go Async was tried again', async () => {
    const flows = { main: replying({ attempts: 2, wait: 1, factor: 1 }) }
    const { events, reply } = await tryRun(flows, breaking(1))
    for (let count = events.findIndex(({ event }) => event === 'StepRetried') + 1; count < events.length; count++)
      expect((await tryRun(flows, { before: events.slice(0, count) })).reply).toEqual(reply)
  })
})
