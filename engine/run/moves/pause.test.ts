import { describe, expect, it } from 'vitest'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, tryRun } from '../../testing/trialRun.ts'
import type { RunFlows } from '../journal/event.ts'
import { memoryJournal } from '../journal/journal.ts'

/** Each item has a branch of its own, two at once, in which there is not much to do. */
const manyBranches = (items: number): RunFlows => ({
  main: flowFromText('Start -> For Each\nFor Each -[Each]-> Pass\nFor Each -[Done]-> End Step', testDefinitions, {
    steps: {
      'For Each': {
        settings: { 'At most': 2 },
        inputs: { Items: { kind: 'constant', value: Array.from({ length: items }, (_, index) => index) } }
      }
    }
  })
})

const yields = ({ events }: Trial): number => events.filter(({ event }) => event === 'ThreadYielded').length

describe('A run in which many threads each do little', () => {
  it('lets others have their turn', async () => {
    const { settled } = await tryRun(manyBranches(30_000), {
      meanwhile: [
        {
          at: 0,
          act: (run) => {
            run.cancel()
          }
        }
      ]
    })
    expect(settled).toEqual({ state: 'cancelled' })
  })

  it('does not fail because its journal can say of none when there is room again', async () => {
    const memory = memoryJournal()
    const journal = {
      append: memory.append.bind(memory),
      durable: () => Promise.resolve(),
      close: () => undefined,
      pressure: () => Promise.reject(new Error('ENOSPC'))
    }
    expect((await tryRun(manyBranches(12_000), { journal })).settled).toEqual({ state: 'completed' })
  })

  it('goes on from its journal after they had it', async () => {
    const flows = manyBranches(12_000)
    const whole = await tryRun(flows)
    expect(yields(whole)).toBeGreaterThan(0)
    const last = whole.events.findLastIndex(({ event }) => event === 'ThreadYielded')
    for (const count of [last, last + 1, last + 2, last + 100]) {
      const resumed = await tryRun(flows, { before: whole.events.slice(0, count) })
      expect(resumed.settled).toEqual({ state: 'completed' })
    }
  })
})
