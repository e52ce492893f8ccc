import { describe, expect, it } from 'vitest'
import { type Step, textOf } from '../model/index.ts'
import type { RunEvent, RunFlows } from '../run/journal/event.ts'
import type { Run } from '../run/journal/run.ts'
import { flowFromText } from './flowFromText.ts'
import { testDefinitions } from './runInMemory.ts'
import { runSeeded } from './runSeeded.ts'
import { describeFinding, searchInterleavings } from './searchInterleavings.ts'

const stock = {
  variables: [{ name: 'stock', type: 'Number', initial: 0 }],
  outputs: [{ name: 'stock', type: 'Number' }]
} as const
const end: Partial<Step> = { inputs: { stock: { kind: 'select', path: 'flow.stock' } } }
const pause: Partial<Step> = { inputs: { Seconds: { kind: 'constant', value: 0 } } }
const read: Partial<Step> = { inputs: { In: { kind: 'select', path: 'flow.stock' } } }
const setTo = (source: string): Partial<Step> => ({
  settings: { Variable: 'stock' },
  inputs: { Value: { kind: 'expression', source } }
})

/** Two paths are ready together; each reads the stock, waits for a moment, and sets it to one more than it has read. */
const lostUpdate: RunFlows = {
  flow: flowFromText(
    `Start -> Parallel -[Path 1]-> Work A -> Pass A -> Pause Flow A -> Set Value A -> Join -> End Step
     Parallel -[Path 2]-> Work B -> Pass B -> Pause Flow B -> Set Value B -> Join`,
    testDefinitions,
    {
      ...stock,
      steps: {
        'Pass A': read,
        'Pass B': read,
        'Pause Flow A': pause,
        'Pause Flow B': pause,
        'Set Value A': setTo("steps['Pass A'].Out + 1"),
        'Set Value B': setTo("steps['Pass B'].Out + 1"),
        'End Step': end
      }
    }
  )
}

/** The same without the wait between reading and setting. */
const soundUpdate: RunFlows = {
  flow: flowFromText(
    `Start -> Parallel -[Path 1]-> Work A -> Pause Flow A -> Set Value A -> Join -> End Step
     Parallel -[Path 2]-> Work B -> Pause Flow B -> Set Value B -> Join`,
    testDefinitions,
    {
      ...stock,
      steps: {
        'Pause Flow A': pause,
        'Pause Flow B': pause,
        'Set Value A': setTo('flow.stock + 1'),
        'Set Value B': setTo('flow.stock + 1'),
        'End Step': end
      }
    }
  )
}

/** A path that waits for ever unless the other one came first. */
const standstill: RunFlows = {
  flow: flowFromText(
    `Start -> Parallel -[Path 1]-> Work A -> Set Value -> Join -> End Step
     Parallel -[Path 2]-> Work B -> If -[True]-> Join
     If -[False]-> Wait for Signal -> Join`,
    testDefinitions,
    {
      ...stock,
      steps: {
        'Set Value': setTo('1'),
        If: { inputs: { Condition: { kind: 'expression', source: 'flow.stock = 1' } } },
        'Wait for Signal': { inputs: { Signal: { kind: 'constant', value: 'never' } } },
        'End Step': end
      }
    }
  )
}

const bothCount = ({ reply }: Run): string | undefined =>
  reply?.outputs['stock'] === 2 ? undefined : `The stock is ${textOf(reply?.outputs['stock'])}, and 2 was expected.`

const under =
  (flows: RunFlows) =>
  (seed: number | undefined): Promise<readonly RunEvent[]> =>
    runSeeded({ flows, seed })

describe('a search through interleavings', () => {
  it('finds an update that is lost in some of them, though not in the usual one', async () => {
    const run = under(lostUpdate)
    expect((await run(undefined)).find(({ event }) => event === 'Replied')).toMatchObject({ outputs: { stock: 2 } })
    const finding = await searchInterleavings({ run, check: bothCount, seeds: 20 })
    expect(finding).toMatchObject({ problem: 'The stock is 1, and 2 was expected.' })
    if (!finding) return
    expect(await run(finding.seed)).toEqual(finding.events)
    expect(describeFinding(finding)).toMatch(
      /^Seed \d+: The stock is 1[^]*StepCompleted Set Value B[^]*RunSettled completed$/
    )
  })

  it('does not find what holds in all of them', async () => {
    expect(await searchInterleavings({ run: under(soundUpdate), check: bothCount, seeds: 100 })).toBeUndefined()
  })

  it('finds a run that comes to a standstill', async () => {
    const finding = await searchInterleavings({ run: under(standstill), check: () => undefined, seeds: 20 })
    expect(finding?.problem).toBe('Nothing is due any more, and the run is not settled.')
    expect(finding?.lines.at(-1)).toMatch(/^Logged .*which nothing left in this run can send/)
  })
})
