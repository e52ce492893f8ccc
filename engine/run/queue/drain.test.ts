import { describe, expect, it } from 'vitest'
import { type Flow, StepFailure, defineStep, exit } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { runInMemory, testDefinitions, turn } from '../../testing/runInMemory.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)

describe('A run', () => {
  it('replies and settles with the name of the End Step it reached', async () => {
    const run = runInMemory({ main: flow('Start -> Pass -> End Step Good') })
    expect(await run.reply).toEqual({ kind: 'replied', outcome: 'End Step Good', outputs: {} })
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.journal.events.map(({ seq }) => seq)).toEqual(run.journal.events.map((_, index) => index + 1))
  })

  it('hands inputs to the flow and outputs to the caller', async () => {
    const run = runInMemory(
      {
        main: flow('Start -> Pass -> End Step', {
          inputs: [{ name: 'Name', type: 'Text', required: true }],
          outputs: [{ name: 'Greeting', type: 'Text' }],
          steps: {
            Pass: { inputs: { In: { kind: 'merge', template: 'Hello {{flow.Name}}', format: 'text' } } },
            'End Step': { inputs: { Greeting: { kind: 'select', path: 'steps.Pass.Out' } } }
          }
        })
      },
      { inputs: { Name: 'Ada' } }
    )
    expect(await run.reply).toMatchObject({ outputs: { Greeting: 'Hello Ada' } })
  })

  it('does not start with inputs that the flow does not take', () => {
    const main = flow('Start -> End Step', { inputs: [{ name: 'Count', type: 'Number', required: true }] })
    expect(() => runInMemory({ main }, { inputs: { Count: 'many' } })).toThrow(
      'must be Number, but it is the text “many”'
    )
    expect(() => runInMemory({ main })).toThrow('needs a value for its input “Count”')
    expect(() => runInMemory({ main }, { inputs: { Count: 1, Size: 2 } })).toThrow('has no input “Size”')
  })

  it('fails with the step that failed when nothing handles it', async () => {
    const run = runInMemory({ main: flow('Start -> Work -> End Step') })
    await run.finish('Work', new StepFailure('no-luck', 'It did not work.'))
    expect(await run.reply).toEqual({
      kind: 'failed',
      error: { code: 'no-luck', message: 'It did not work.', step: 'Work' }
    })
    expect((await run.settled).state).toBe('failed')
  })

  it('offers the error of a step to what follows its On Exception', async () => {
    const run = runInMemory({
      main: flow('Start -> Work -> End Step\nWork -[On Exception]-> Pass -> End Step', {
        steps: { Pass: { inputs: { In: { kind: 'select', path: 'steps.Work.Error.message' } } } }
      })
    })
    await run.finish('Work', new StepFailure('no-luck', 'It did not work.'))
    await run.settled
    expect(run.run().visits.find(({ step }) => step === 'Pass')?.outputs).toEqual({ Out: 'It did not work.' })
  })

  it('says that anything else a step throws is a mistake in the step', async () => {
    const run = runInMemory({ main: flow('Start -> Work -> End Step') })
    await run.finish('Work', new TypeError('x is undefined'))
    expect(await run.reply).toMatchObject({ error: { code: 'step-broke' } })
  })

  it('fails when the foreground runs into an outcome that is not connected', async () => {
    const run = runInMemory({ main: flow('Start -> Pass\nPass 2 -> End Step') })
    expect(await run.reply).toMatchObject({ kind: 'failed', error: { code: 'outcome-not-connected', step: 'Pass' } })
  })

  it('fails at a kind of step it does not know', async () => {
    const run = runInMemory({ main: flow('Start -> Teleport -> End Step') })
    expect(await run.reply).toMatchObject({ error: { code: 'unknown-step' } })
  })

  it('passes over a disabled step', async () => {
    const run = runInMemory({ main: flow('Start -> Work -> End Step', { steps: { Work: { disabled: true } } }) })
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    expect(run.begun()).not.toContain('Work')
  })

  it('stops a step that is passed too often', async () => {
    const run = runInMemory({ main: flow('Start -> Pass -> Pass 2 -> Pass\nPass 3 -> End Step') })
    expect(await run.reply).toMatchObject({ error: { code: 'loop-guard', step: 'Pass' } })
  })

  it('stops flows that call each other without end', async () => {
    const run = runInMemory({
      main: flow('Start -> Run Flow -[End Step]-> End Step', { steps: { 'Run Flow': { settings: { Flow: 'main' } } } })
    })
    expect(await run.reply).toMatchObject({ error: { code: 'call-depth' } })
  })
})

describe('A sub-flow', () => {
  it('gives its outcome and outputs to the parent', async () => {
    const run = runInMemory({
      'a/parent': flow('Start -> Run Flow -[End Step Odd]-> Pass -> End Step', {
        steps: {
          'Run Flow': { settings: { Flow: '../b/child' }, inputs: { Number: { kind: 'constant', value: 7 } } },
          Pass: { inputs: { In: { kind: 'select', path: 'steps.Run Flow.Same' } } }
        }
      }),
      'b/child': flow('Start -> End Step Odd', {
        name: 'Child',
        inputs: [{ name: 'Number', type: 'Number' }],
        outputs: [{ name: 'Same', type: 'Number' }],
        steps: { 'End Step Odd': { inputs: { Same: { kind: 'select', path: 'flow.Number' } } } }
      })
    })
    await run.settled
    expect(run.run().visits.find(({ step }) => step === 'Pass')?.outputs).toEqual({ Out: 7 })
  })

  it('fails the Run Flow step, which may handle it', async () => {
    const child = flow('Start -> Work -> End Step', { name: 'Child' })
    const parent = flow('Start -> Run Flow -[End Step]-> End Step\nRun Flow -[On Exception]-> Pass -> End Step', {
      steps: { 'Run Flow': { settings: { Flow: 'child' } } }
    })
    const run = runInMemory({ parent, child })
    await run.finish('Work', new StepFailure('no-luck', 'It did not work.'))
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    expect(run.begun()).toContain('Pass')
  })

  it('fails the step when there is no such flow', async () => {
    const run = runInMemory({
      main: flow('Start -> Run Flow -[End Step]-> End Step', { steps: { 'Run Flow': { settings: { Flow: 'gone' } } } })
    })
    expect(await run.reply).toMatchObject({ error: { code: 'flow-missing', step: 'Run Flow' } })
  })
})

describe('A loop body', () => {
  it('runs once per entry and sees its locals', async () => {
    const run = runInMemory({
      main: flow('Start -> Thrice -> End Step\nThrice -[Each]-> Pass -> Thrice', {
        steps: { Pass: { inputs: { In: { kind: 'select', path: 'index' } } } }
      })
    })
    await run.settled
    const passes = run.run().visits.filter(({ step }) => step === 'Pass')
    expect(passes.map(({ outputs }) => outputs?.Out)).toEqual([0, 1, 2])
  })
})

describe('Branches', () => {
  it('run at the same time and are waited for', async () => {
    const run = runInMemory({ main: flow('Start -> Both -> End Step\nBoth -[A]-> Work A\nBoth -[B]-> Work B') })
    await turn()
    expect(run.begun()).toEqual(['Start', 'Both', 'Work A', 'Work B'])
    await run.finish('Work B')
    expect(run.run().reply).toBeUndefined()
    await run.finish('Work A')
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    await run.settled
    expect(run.run().threads.map(({ name }) => name)).toEqual(['Main', 'A', 'B'])
  })

  it('end one another when one fails', async () => {
    const run = runInMemory({
      main: flow('Start -> Both -> End Step\nBoth -[A]-> Work A\nBoth -[B]-> Work B\nBoth -[On Exception]-> End Step')
    })
    await run.finish('Work A', new StepFailure('no-luck', 'It did not work.'))
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    expect(run.run().threads.map(({ end }) => end)).toEqual(['completed', 'failed', 'cancelled'])
  })

  it('that end at once leave no step run twice', async () => {
    const run = runInMemory({ main: flow('Start -> Both -> Work -> End Step\nBoth -[A]-> Pass A\nBoth -[B]-> Pass B') })
    await run.finish('Work')
    await run.settled
    expect(run.begun()).toEqual(['Start', 'Both', 'Pass A', 'Pass B', 'Work', 'End Step'])
  })

  it('gives each round of a loop keys of its own, the same ones when the loop is tried again', async () => {
    const keys: string[] = []
    const run = runInMemory(
      {
        main: flow('Start -> Thrice -> End Step\nThrice -[Each]-> Keyed', {
          steps: { Thrice: { retry: { attempts: 2, wait: 0, factor: 1 } }, Keyed: { type: 'keyed' } }
        })
      },
      {
        definitions: [
          ...testDefinitions,
          defineStep({
            type: 'keyed',
            title: 'Keyed',
            summary: 'Notes its key, and fails in the first third round.',
            category: 'Code',
            icon: 'key',
            inputs: {},
            settings: {},
            outcomes: { Done: { outputs: {} } },
            run({ key }) {
              keys.push(key)
              if (keys.length === 3) throw new StepFailure('no-luck', 'It did not work.')
              return exit('Done', {})
            }
          })
        ]
      }
    )
    await run.settled
    expect(new Set(keys).size).toBe(3)
    expect(keys.slice(0, 3)).toEqual(keys.slice(3))
  })

  it('that do the same steps for several items do not mix their data', async () => {
    const run = runInMemory({
      main: flow('Start -> For Each -[Done]-> End Step\nFor Each -[Each]-> Work A -> Work B', {
        outputs: [{ name: 'Last', type: 'Any' }],
        steps: {
          'For Each': {
            inputs: { Items: { kind: 'constant', value: ['one', 'two'] } },
            settings: { 'At most': 2 }
          },
          'Work A': { inputs: { In: { kind: 'select', path: 'item' } } },
          'Work B': { inputs: { In: { kind: 'select', path: 'steps.Work A.Out' } } },
          'End Step': { inputs: { Last: { kind: 'select', path: 'steps.Work B.Out' } } }
        }
      })
    })
    for (const step of ['Work A', 'Work A', 'Work B', 'Work B']) await run.finish(step)
    expect(await run.reply).toMatchObject({ outputs: { Last: 'two' } })
    const seen = run.run().visits.flatMap(({ step, inputs }) => (step === 'Work B' ? [inputs.In] : []))
    expect(seen).toEqual(['one', 'two'])
  })
})
