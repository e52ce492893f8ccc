import { describe, expect, it } from 'vitest'
import { type Flow, type Value, exit } from '../../model/index.ts'
import { withCustom } from '../../testing/customStep.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { type Trial, type TrialOptions, plainScripts, tryRun } from '../../testing/trialRun.ts'
import { virtualClock } from '../../testing/virtualClock.ts'
import type { RunEvent, RunFlows } from '../journal/event.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const

/** Custom waits 100 milliseconds, any other Custom 150. */
const definitions = withCustom(async ({ step, services, signal }) => {
  await services.clock.sleep(step.id === 'Custom' ? 100 : 150, signal)
  return exit('Done', { Out: null })
}, 'idempotent')

/**
 * Path 1 sets x to 7, then a script takes a second, so that nothing is recorded of it for a while. Path 2 reads x meanwhile;
 * then Custom 3 begins.
 */
const racing = (path1: string, steps: object = {}, body = ''): Flow =>
  flowFromText(
    `Start -> Parallel
     Parallel -[Path 1]-> ${path1} Log -> Join
     Parallel -[Path 2]-> Custom 2 -> Set Value 2 -> Custom 3 -> Join -> End Step${body}`,
    definitions,
    {
      variables: [
        { name: 'x', type: 'Number', initial: 0 },
        { name: 'y', type: 'Number', initial: 0 }
      ],
      outputs: [{ name: 'Y', type: 'Number' }],
      steps: {
        'Set Value': { settings: { Variable: 'x' }, inputs: { Value: constant(7) } },
        'Set Value 2': { settings: { Variable: 'y' }, inputs: { Value: { kind: 'select', path: 'flow.x' } } },
        Log: { inputs: { Message: { kind: 'script', source: '"x"' } } },
        'End Step': { inputs: { Y: { kind: 'select', path: 'flow.y' } } },
        ...steps
      }
    }
  )

function carry(flows: RunFlows, before?: readonly RunEvent[]): Promise<Trial> {
  const clock = virtualClock()
  const script: typeof plainScripts = {
    async run(source, data, signal) {
      await clock.sleep(1000, signal)
      return plainScripts.run(source, data, signal)
    }
  }
  const options: TrialOptions = { clock, definitions, recording: 'summary', durability: 'strict', services: { script } }
  return tryRun(flows, { ...options, ...(before && { before }) })
}

/** Goes on from everything behind the moment at which x was read. */
async function expectRead(flows: RunFlows, read: number): Promise<void> {
  const { events, reply } = await carry(flows)
  expect(reply).toMatchObject({ outputs: { Y: read } })
  const from = events.findIndex((event) => event.event === 'StepStarted' && event.step === 'Custom 3')
  for (let count = from + 1; count < events.length; count++) {
    const resumed = await carry(flows, events.slice(0, count))
    expect([count, resumed.reply]).toEqual([count, reply])
  }
}

describe('With recording summary, a resume reads what the run had read, whichever thread had gone on first', () => {
  it('behind an effect, in strict durability', () => expectRead({ main: racing('Custom -> Set Value ->') }, 7))

  it('behind the wait for another attempt', () => {
    const main = racing(
      'Repeat -[On Exception]->',
      {
        Repeat: { inputs: { Times: constant(1) }, timeout: 0.08, retry: { attempts: 2, wait: 0.02, factor: 1 } },
        'Set Value': { settings: { Variable: 'x' }, inputs: { Value: { kind: 'expression', source: 'flow.x + 1' } } },
        'Log 2': { inputs: { Message: { kind: 'script', source: '"x"' } } }
      },
      '\nRepeat -[Loop]-> Set Value -> Log 2'
    )
    return expectRead({ main }, 2)
  })

  it('behind a pause of a long loop', () =>
    expectRead(
      {
        main: racing('Repeat -[Done]-> Custom -> Set Value ->', { Repeat: { inputs: { Times: constant(12_000) } } })
      },
      7
    ))
})
