import { describe, expect, it } from 'vitest'
import { type Flow, type ScriptService, type Value, defineStep, exit } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, type TrialOptions, plainScripts, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent, RunFlows } from '../journal/event.ts'
import type { RunHandle } from '../queue/runHandle.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)
const constant = (value: Value) => ({ kind: 'constant', value }) as const
const expression = (source: string) => ({ kind: 'expression', source }) as const
const script = (source: string) => ({ kind: 'script', source }) as const

/** What was told of the inputs and the outcome of each visit. */
const told = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => {
    if (event.event === 'StepStarted' || event.event === 'InputsRefreshed')
      return [`${event.step} ${JSON.stringify(event.inputs)}`]
    if (event.event === 'Replied' || event.event === 'FrameReplied') return [JSON.stringify(event.outputs)]
    return []
  })

/** A service whose scripts give another number at each call, as a file or a server would. */
const counting = (): ScriptService => {
  let calls = 0
  return { run: (source, data, signal) => plainScripts.run(source, { ...data, call: ++calls }, signal) }
}

/**
 * Cuts the unbroken run off behind each of its events, goes on an hour later, and looks whether all that had been observed is
 * still what the run goes by.
 */
async function resumedEverywhere(
  flows: RunFlows,
  options: TrialOptions,
  check: (whole: Trial, resumed: Trial, cut: readonly RunEvent[]) => void
): Promise<void> {
  const whole = await tryRun(flows, { ...options, services: { script: counting() } })
  expect(whole.settled).toEqual({ state: 'completed' })
  for (let count = 1; count < whole.events.length; count++) {
    const before = whole.events.slice(0, count)
    const resumed = await tryRun(flows, { ...options, before, later: 3_600_000, services: { script: counting() } })
    expect(resumed.settled).toEqual({ state: 'completed' })
    expect(told(resumed.events).slice(0, told(before).length)).toEqual(told(before))
    check(whole, resumed, before)
  }
}

describe('What a run has observed is what it goes by after a resume', () => {
  const recordings = ['full', 'summary'] as const

  it.each(recordings)('the time that a While looked at, with recording %s', async (recording) => {
    const main = flow(
      'Start -> Create Data -[Done]-> While -[Done]-> Pause Flow Two -[Resume]-> End Step\nWhile -[Loop]-> Pause Flow',
      {
        steps: {
          'Create Data': { settings: { Values: [{ name: 'At', type: 'Date' }] }, inputs: { At: expression('now()') } },
          While: { inputs: { Condition: expression("now() < add(steps['Create Data'].At, 3, 'seconds')") } },
          'Pause Flow': { inputs: { Seconds: constant(1) } },
          'Pause Flow Two': { inputs: { Seconds: constant(100) } }
        }
      }
    )
    await resumedEverywhere({ main }, { recording }, () => undefined)
  })

  it.each(recordings)('what a script said that a While asks, with recording %s', async (recording) => {
    const main = flow(
      'Start -> While -[Done]-> Pause Flow -[Resume]-> End Step\nWhile -[Loop]-> Set Value -> Pause Flow Two',
      {
        variables: [{ name: 'n', type: 'Number', initial: 0 }],
        steps: {
          While: { inputs: { Condition: script('call > 0 && flow.n < 3') } },
          'Set Value': { settings: { Variable: 'n' }, inputs: { Value: expression('flow.n + 1') } },
          'Pause Flow': { inputs: { Seconds: constant(1) } },
          'Pause Flow Two': { inputs: { Seconds: constant(1) } }
        }
      }
    )
    await resumedEverywhere({ main }, { recording }, () => undefined)
  })

  it.each(recordings)('the list that a script gave to a For Each, with recording %s', async (recording) => {
    const main = flow('Start -> For Each\nFor Each -[Each]-> Pause Flow\nFor Each -[Done]-> End Step', {
      steps: {
        'For Each': { inputs: { Items: script('[call, call + 1, call + 2]') } },
        'Pause Flow': { inputs: { Seconds: constant(1) } }
      }
    })
    await resumedEverywhere({ main }, { recording }, () => undefined)
  })

  it.each(recordings)('what the caller of a sub-flow got before it ended, with recording %s', async (recording) => {
    const child = flow('Start -> Go Async -> Pause Flow -[Resume]-> End Step', {
      name: 'child',
      outputs: [
        { name: 'At', type: 'Date' },
        { name: 'Call', type: 'Number' }
      ],
      steps: {
        'Pause Flow': { inputs: { Seconds: constant(1) } },
        'End Step': { inputs: { At: expression('now()'), Call: script('call') } }
      }
    })
    const main = flow(
      'Start -> Run Flow -[End Step]-> Pause Flow -[Resume]-> If -[True]-> End Step\nIf -[False]-> End Step',
      {
        outputs: [{ name: 'At', type: 'Date' }],
        steps: {
          'Run Flow': { settings: { Flow: 'child' } },
          'Pause Flow': { inputs: { Seconds: constant(10) } },
          If: { inputs: { Condition: expression("steps['Run Flow'].Call == 1") } },
          'End Step': { inputs: { At: { kind: 'select', path: 'steps.Run Flow.At' } } }
        }
      }
    )
    await resumedEverywhere({ main, child }, { recording }, (whole, resumed, cut) => {
      if (cut.some(({ event }) => event === 'ReplyPrepared')) expect(resumed.reply).toEqual(whole.reply)
    })
  })

  it('a signal that was kept when the process ended', async () => {
    const main = flow('Start -> Send Signal -> Pause Flow -[Resume]-> Wait for Signal -[Received]-> End Step', {
      outputs: [{ name: 'Got', type: 'Any' }],
      steps: {
        'Send Signal': { inputs: { Signal: constant('go'), Value: constant(7) } },
        'Pause Flow': { inputs: { Seconds: constant(10) } },
        'Wait for Signal': { inputs: { Signal: constant('go') } },
        'End Step': { inputs: { Got: { kind: 'select', path: 'steps.Wait for Signal.Value' } } }
      }
    })
    await resumedEverywhere({ main }, {}, (whole, resumed) => {
      expect(resumed.reply).toEqual(whole.reply)
    })
  })

  it('which of two threads was the first to wait for a signal', async () => {
    const main = flow(
      'Start -> Parallel\nParallel -[Path 1]-> Pause Flow 1 -[Resume]-> Wait for Signal 1 -> Join\nParallel -[Path 2]-> Pause Flow 2 -[Resume]-> Wait for Signal 2 -> Join -> End Step',
      {
        outputs: [{ name: 'Got', type: 'Any' }],
        steps: {
          'Pause Flow 1': { inputs: { Seconds: constant(2) } },
          'Pause Flow 2': { inputs: { Seconds: constant(1) } },
          'Wait for Signal 1': { inputs: { Signal: constant('go') } },
          'Wait for Signal 2': { inputs: { Signal: constant('go') } },
          'End Step': { inputs: { Got: { kind: 'select', path: 'steps.Wait for Signal 2.Value' } } }
        }
      }
    )
    const signals = (from: number) =>
      ['first', 'second'].map((value, index) => ({
        at: 5000 + index * 1000 - from,
        act: (run: RunHandle) => {
          run.signal('go', value)
        }
      }))
    const cut = await tryRun({ main }, { for: 3000 })
    for (const trial of [{ meanwhile: signals(0) }, { before: cut.events, later: 3000, meanwhile: signals(3000) }])
      expect((await tryRun({ main }, trial)).reply).toMatchObject({ outputs: { Got: 'first' } })
  })

  it('a signal that an attempt had taken whose time was over: it is there for the next', async () => {
    const takesLong = defineStep({
      type: 'work',
      title: 'Work',
      summary: 'Takes a signal and then a long time.',
      category: 'Code',
      icon: 'check',
      effect: 'observes',
      canFail: true,
      inputs: {},
      settings: {},
      outcomes: { Done: { outputs: {} } },
      async run({ threads, attempt, services, signal }) {
        await threads.receive(['go'])
        await services.clock.sleep(attempt === 1 ? 10_000 : 10, signal)
        return exit('Done', {})
      }
    })
    const definitions = [...testDefinitions.filter(({ type }) => type !== 'work'), takesLong]
    const main = flowFromText('Start -> Send Signal -> Work -> End Step', definitions, {
      steps: {
        'Send Signal': { inputs: { Signal: constant('go') } },
        Work: { timeout: 5, retry: { attempts: 2, wait: 1, factor: 1 } }
      }
    })
    const whole = await tryRun({ main }, { definitions })
    expect(whole.settled).toEqual({ state: 'completed' })
    for (let count = 1; count < whole.events.length; count++) {
      const resumed = await tryRun({ main }, { definitions, before: whole.events.slice(0, count) })
      expect(resumed.settled).toEqual({ state: 'completed' })
    }
  })

  it.each(recordings)('in strict durability with threads side by side, with recording %s', async (recording) => {
    const main = flow(
      'Start -> For Each\nFor Each -[Each]-> Add Document to Folder -> Log\nFor Each -[Done]-> End Step',
      {
        steps: {
          'For Each': { settings: { 'At most': 4 }, inputs: { Items: constant([1, 2, 3, 4, 5, 6]) } },
          'Add Document to Folder': {
            inputs: { Name: { kind: 'merge', template: '{{item}}.txt', format: 'text' }, Text: constant('same') }
          },
          Log: { inputs: { Message: { kind: 'select', path: 'item' } } }
        }
      }
    )
    const documents = {
      readText: () => Promise.reject(new Error('None')),
      copy: () => Promise.reject(new Error('None')),
      add: async (name: string) => ({ $type: 'File', path: name, name, size: 4 }) as const
    }
    const options: TrialOptions = { recording, durability: 'strict', services: { documents } }
    const whole = await tryRun({ main }, options)
    expect(whole.settled).toEqual({ state: 'completed' })
    for (let count = 1; count < whole.events.length; count++) {
      const resumed = await tryRun({ main }, { ...options, before: whole.events.slice(0, count) })
      expect(resumed.settled).toEqual({ state: 'completed' })
    }
  })
})
