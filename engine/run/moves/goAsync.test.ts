import { describe, expect, it } from 'vitest'
import type { Flow } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { runInMemory, testDefinitions, turn } from '../../testing/runInMemory.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)

const addresses = { kind: 'select', path: 'steps.Pass.Out' } as const

describe('Go Async in a top-level flow', () => {
  it('replies at once and settles when the background thread has ended', async () => {
    const run = runInMemory({ main: flow('Start -> Go Async -> Work -> End Step') })
    expect(await run.reply).toEqual({ kind: 'replied', outcome: 'End Step', outputs: {} })
    await turn()
    expect(run.run().settled).toBeUndefined()
    await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.story().slice(-9)).toEqual([
      'Replied End Step',
      'ThreadEnded Main completed at End Step',
      'StepStarted Work on Background 1',
      'StepCompleted Work on Background 1',
      'StepStarted End Step on Background 1',
      'StepCompleted End Step on Background 1',
      'FrameLeft 0 on Background 1',
      'ThreadEnded Background 1 completed at End Step',
      'RunSettled completed'
    ])
  })

  it('gives the reply only once it and the background thread are durably in the journal', async () => {
    let written = (): void => undefined
    const kept: string[] = []
    const run = runInMemory(
      { main: flow('Start -> Go Async -> Work -> End Step') },
      {
        journal: {
          append: (event) => void kept.push(event.event),
          durable: () => {
            kept.push('durable')
            return new Promise((resolve) => (written = resolve))
          },
          close: () => Promise.resolve()
        }
      }
    )
    await turn()
    expect(kept.slice(-3)).toEqual(['ThreadStarted', 'Replied', 'durable'])
    let told = false
    void run.reply.then(() => (told = true))
    await turn()
    expect([told, run.begun().includes('Work')]).toEqual([false, false])
    written()
    await turn()
    expect([told, run.begun().includes('Work')]).toEqual([true, true])
  })

  it('fails the reply and starts nothing in the background when the journal cannot be written', async () => {
    const run = runInMemory(
      { main: flow('Start -> Go Async -> Work -> End Step') },
      {
        journal: {
          append: () => undefined,
          durable: () => Promise.reject(new Error('no space left on the disk')),
          close: () => Promise.resolve()
        }
      }
    )
    expect(await run.reply).toMatchObject({ kind: 'failed', error: { code: 'journal-failed' } })
    expect((await run.settled).state).toBe('suspended')
    expect(run.begun()).not.toContain('Work')
  })

  it('carries the outputs that were already set; those set later are null in the reply and kept in the journal', async () => {
    const run = runInMemory({
      main: flow('Start -> Pass -> Go Async -> Work -> End Step', {
        outputs: [
          { name: 'Early', type: 'Any' },
          { name: 'Late', type: 'Any' }
        ],
        steps: {
          Pass: { inputs: { In: { kind: 'constant', value: 1200 } } },
          Work: { inputs: { In: { kind: 'constant', value: 'sent' } } },
          'End Step': { inputs: { Early: addresses, Late: { kind: 'select', path: 'steps.Work.Out' } } }
        }
      })
    })
    expect(await run.reply).toMatchObject({ outputs: { Early: 1200, Late: null } })
    await run.finish('Work')
    await run.settled
    expect(run.run().threads[1]).toMatchObject({ outcome: 'End Step', outputs: { Early: 1200, Late: 'sent' } })
  })

  it('replies with the End Step named as Caller outcome', async () => {
    const run = runInMemory({
      main: flow('Start -> Go Async -> Work -> End Step\nWork -[On Exception]-> End Step Failed', {
        steps: { 'Go Async': { settings: { 'Caller outcome': 'End Step Failed' } } }
      })
    })
    expect(await run.reply).toMatchObject({ outcome: 'End Step Failed' })
    await run.finish('Work')
    await run.settled
    expect(run.run().threads[1]?.outcome).toBe('End Step')
  })

  it('does nothing the second time, but for one line in the log', async () => {
    const run = runInMemory({ main: flow('Start -> Go Async -> Pass -> Go Async 2 -> Work -> End Step') })
    await run.finish('Work')
    await run.settled
    expect(run.run().threads.map(({ name }) => name)).toEqual(['Main', 'Background 1'])
    expect(run.run().log.map(({ level, step }) => [level, step])).toEqual([['info', 'Go Async 2']])
  })

  it('keeps the reply when the background part fails', async () => {
    const run = runInMemory({ main: flow('Start -> Go Async -> Work -> End Step') })
    await run.finish('Work', new Error('the server is on fire'))
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(await run.settled).toMatchObject({ state: 'background failed', error: { step: 'Work' } })
  })

  it('goes along On Exception of the background step before the thread fails', async () => {
    const run = runInMemory({
      main: flow('Start -> Go Async -> Work -> End Step\nWork -[On Exception]-> Pass -> End Step')
    })
    await run.finish('Work', new Error('the server is on fire'))
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.begun()).toContain('Pass')
  })

  it('ends the background thread where an outcome is not connected, and says so', async () => {
    const run = runInMemory({ main: flow('Start -> Go Async -> Work\nPass -> End Step') })
    await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.run().log[0]).toMatchObject({ level: 'warning', step: 'Work' })
  })

  it('takes the whole loop to the background when it stands in a loop body', async () => {
    const run = runInMemory({ main: flow('Start -> Thrice -> End Step\nThrice -[Each]-> Go Async -> Work -> Thrice') })
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    for (let i = 0; i < 3; i++) await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.run().threads.map(({ name }) => name)).toEqual(['Main', 'Background 1'])
  })
})

describe('Go Async in a sub-flow', () => {
  const child = flow('Start -> Go Async -> Work -> End Step', { name: 'Child' })
  const parent = flow('Start -> Run Flow -[End Step]-> Pass -> End Step', {
    steps: { 'Run Flow': { settings: { Flow: 'child' } } }
  })

  it('lets the parent go on while the rest of the child runs behind it', async () => {
    const run = runInMemory({ parent, child })
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(run.begun()).toContain('Pass')
    expect(run.run().settled).toBeUndefined()
    expect(run.run().frames[1]?.reply).toMatchObject({ outcome: 'End Step' })
    await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
  })

  it('copies the data, so that nothing the child does later reaches the parent', async () => {
    const outputs = [{ name: 'Result', type: 'Any' }] as const
    const run = runInMemory({
      parent: flow('Start -> Run Flow -[End Step]-> Work Parent -> End Step', {
        outputs,
        steps: {
          'Run Flow': { settings: { Flow: 'child' } },
          'End Step': { inputs: { Result: { kind: 'select', path: 'steps.Run Flow.Result' } } }
        }
      }),
      child: flow('Start -> Go Async -> Work -> End Step', {
        name: 'Child',
        outputs,
        steps: {
          Work: { inputs: { In: { kind: 'constant', value: 'late' } } },
          'End Step': { inputs: { Result: { kind: 'select', path: 'steps.Work.Out' } } }
        }
      })
    })
    await run.finish('Work')
    await run.finish('Work Parent')
    expect(await run.reply).toMatchObject({ outputs: { Result: null } })
  })

  it('never fails the parent', async () => {
    const run = runInMemory({ parent, child })
    await run.finish('Work', new Error('too late to matter'))
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    expect((await run.settled).state).toBe('background failed')
  })

  it('only lets go of its own call: the parent of the parent waits for neither', async () => {
    const run = runInMemory({
      top: flow('Start -> Run Flow -[End Step]-> Work Top -> End Step', {
        steps: { 'Run Flow': { settings: { Flow: 'parent' } } }
      }),
      parent,
      child
    })
    await turn()
    expect(run.begun()).toContain('Work Top')
    await run.finish('Work Top')
    expect(await run.reply).toMatchObject({ kind: 'replied' })
    await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
  })

  it('gives a sub-flow called in the background a background of its own', async () => {
    const run = runInMemory({
      main: flow('Start -> Go Async -> Run Flow -[End Step]-> Work Main -> End Step', {
        steps: { 'Run Flow': { settings: { Flow: 'child' } } }
      }),
      child
    })
    await run.finish('Work Main')
    await run.finish('Work')
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(run.run().threads.map(({ name }) => name)).toEqual(['Main', 'Background 1', 'Background 2'])
  })
})

describe('Go Async in a branch', () => {
  it('is not waited for by the fork', async () => {
    const run = runInMemory({
      main: flow('Start -> Both -> End Step\nBoth -[A]-> Go Async -> Work A\nBoth -[B]-> Work B')
    })
    await run.finish('Work B')
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(run.run().settled).toBeUndefined()
    await run.finish('Work A')
    expect(await run.settled).toEqual({ state: 'completed' })
  })

  it('replies when no branch is left in the foreground', async () => {
    const run = runInMemory({
      main: flow(
        'Start -> Parallel -[Path 1]-> Go Async -> Work A -> Join -> Pass -> End Step\n' +
          'Parallel -[Path 2]-> Go Async 2 -> Work B -> Join'
      )
    })
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(run.begun()).not.toContain('Pass')
    await run.finish('Work A')
    await run.finish('Work B')
    expect(await run.settled).toEqual({ state: 'completed' })
  })
})

describe('Cancelling', () => {
  it('cancels the background threads of the run too', async () => {
    const run = runInMemory({ main: flow('Start -> Go Async -> Work -> End Step') })
    await run.reply
    await turn()
    run.cancel()
    expect(await run.settled).toEqual({ state: 'cancelled' })
    expect(run.run().threads.map(({ end }) => end)).toEqual(['completed', 'cancelled'])
  })

  it('cancels one background thread alone', async () => {
    const run = runInMemory({
      main: flow('Start -> Run Flow -[End Step]-> Work Main -> End Step', {
        steps: { 'Run Flow': { settings: { Flow: 'child' } } }
      }),
      child: flow('Start -> Go Async -> Work -> End Step', { name: 'Child' })
    })
    await turn()
    run.cancel(1)
    await turn()
    expect(run.run().threads.map(({ end }) => end)).toEqual([undefined, 'cancelled'])
    await run.finish('Work Main')
    expect(await run.settled).toEqual({ state: 'completed' })
  })

  it('tells the caller when the main thread was cancelled', async () => {
    const run = runInMemory({ main: flow('Start -> Work -> End Step') })
    await turn()
    run.cancel()
    expect(await run.reply).toEqual({ kind: 'cancelled' })
    expect(await run.settled).toEqual({ state: 'cancelled' })
  })
})
