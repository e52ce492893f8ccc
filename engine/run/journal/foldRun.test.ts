import { describe, expect, it } from 'vitest'
import { type Flow, StepFailure } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { runInMemory, testDefinitions, turn } from '../../testing/runInMemory.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)

describe('A run, folded from its journal', () => {
  it('knows the variables as they were set last, and says so in its log', async () => {
    const main = flow('Start -> Set Value 1 -> Set Value 2 -> End Step', {
      variables: [
        { name: 'Total', type: 'Number', initial: 1 },
        { name: 'Left', type: 'Text' }
      ],
      steps: {
        'Set Value 1': { settings: { Variable: 'Total' }, inputs: { Value: { kind: 'constant', value: 2 } } },
        'Set Value 2': { settings: { Variable: 'Total' }, inputs: { Value: { kind: 'constant', value: 3 } } }
      }
    })
    const run = runInMemory({ main })
    await run.settled
    const { frames, log } = run.run()
    expect(frames[0]?.variables).toEqual({ Total: 3, Left: null })
    expect(log.map(({ level, step, message }) => [level, step, message])).toEqual([
      ['debug', 'Set Value 1', 'Total = 2'],
      ['debug', 'Set Value 2', 'Total = 3']
    ])
  })

  it('sets the variables of the flow, not those of the body in which they are set', async () => {
    const main = flow('Start -> Repeat -[Loop]-> Set Value\nRepeat -[Done]-> End Step', {
      variables: [{ name: 'Last', type: 'Number' }],
      steps: {
        Repeat: { inputs: { Times: { kind: 'constant', value: 2 } } },
        'Set Value': { settings: { Variable: 'Last' }, inputs: { Value: { kind: 'select', path: 'index' } } }
      }
    })
    const run = runInMemory({ main })
    await run.settled
    const [call, ...bodies] = run.run().frames
    expect(call?.variables).toEqual({ Last: 1 })
    expect(bodies.map(({ body, step, inputs, variables }) => ({ body, step, inputs, variables }))).toEqual([
      { body: true, step: 'Repeat', inputs: { index: 0 }, variables: undefined },
      { body: true, step: 'Repeat', inputs: { index: 1 }, variables: undefined }
    ])
  })

  it('knows when a step failed and was tried again', async () => {
    const steps = { Work: { retry: { attempts: 3, wait: 0, factor: 1 } } }
    const run = runInMemory({ main: flow('Start -> Work -> End Step', { steps }) })
    await run.finish('Work', new StepFailure('busy', 'Not now.'))
    await turn()
    const visit = run.run().visits.find(({ step }) => step === 'Work')
    expect(visit).toMatchObject({ state: 'running', retries: [{ attempt: 2, error: { code: 'busy' } }] })
    await run.finish('Work')
    expect((await run.settled).state).toBe('completed')
  })
})

describe('A signal from outside', () => {
  const main = flow('Start -> Wait for Signal -> End Step', {
    outputs: [{ name: 'Answer', type: 'Any' }],
    steps: {
      'Wait for Signal': { inputs: { Signal: { kind: 'constant', value: 'approved' } } },
      'End Step': { inputs: { Answer: { kind: 'select', path: 'steps.Wait for Signal.Value' } } }
    }
  })

  it('lets the step go on that waits for it', async () => {
    const run = runInMemory({ main })
    await turn()
    run.signal('other', 1)
    run.signal('approved', { by: 'Ada' })
    expect(await run.reply).toMatchObject({ outputs: { Answer: { by: 'Ada' } } })
    expect(run.run().log.map(({ message }) => message)).toEqual([
      '“Wait for Signal” waits for the signal “approved”, which nothing left in this run can send. It goes on when the signal comes from outside.',
      'Signal “other” came from outside with 1',
      'Signal “approved” came from outside with {"by":"Ada"}'
    ])
  })

  it('is nothing to a run that is over', async () => {
    const run = runInMemory({ main })
    run.signal('approved', null)
    await run.settled
    const before = run.journal.events.length
    run.signal('approved', null)
    expect(run.journal.events).toHaveLength(before)
  })
})
