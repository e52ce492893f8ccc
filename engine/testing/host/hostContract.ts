import { describe, expect, it } from 'vitest'
import type { Flow, Step } from '../../model/index.ts'
import { doubtsOf } from '../../run/journal/doubts.ts'
import { foldRun } from '../../run/journal/foldRun.ts'
import { ContractRun, contractDefinitions } from './contractRun.ts'
import { flowFromText } from '../flowFromText.ts'
import type { TestHost } from './testHost.ts'

const flow = (text: string, steps: Readonly<Record<string, Partial<Step>>> = {}): Flow =>
  flowFromText(text, contractDefinitions, { steps })
const input = (name: string, value: string | number): Partial<Step> => ({
  inputs: { [name]: { kind: 'constant', value } }
})

/** What every host of runs has to keep, whatever is behind it. `makeHost` gives a fresh one. */
export function describeHost(name: string, makeHost: () => Promise<TestHost>): void {
  const begin = async (flows: Readonly<Record<string, Flow>>): Promise<ContractRun> => {
    const run = new ContractRun(await makeHost(), flows)
    await run.start()
    return run
  }

  describe(`${name}: the journal`, () => {
    it('gives back all events, in order and as they were', async () => {
      const host = await makeHost()
      const value = {
        text: '“näme”\n\u0000\ud83d\ude00',
        number: -1e-7,
        none: null,
        list: [[], {}, true],
        long: 'x'.repeat(50_000)
      }
      const run = new ContractRun(host, {
        main: flow('Start -> Pass -> Go Async -> Pass 2 -> End Step', {
          Pass: { inputs: { In: { kind: 'constant', value } } },
          'Pass 2': { inputs: { In: { kind: 'select', path: 'steps.Pass.Out' } } }
        })
      })
      await run.start()
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(run.events.length).toBeGreaterThan(15)
      expect(await host.read()).toEqual(run.events)
    })

    it(
      'lets its run wait when that is faster than the disk, and nothing is added meanwhile',
      { timeout: 30_000 },
      async () => {
        const host = await makeHost()
        const times = 16_000
        const run = new ContractRun(host, {
          main: flow('Start -> Repeat -[Loop]-> Pass\nRepeat -[Done]-> End Step', { Repeat: input('Times', times) })
        })
        await run.start()
        const release = run.process.hold()
        await run.until('the journal asks to wait', () => run.pressed > 0)
        const soFar = run.events.length
        await run.clock.run(0)
        expect(run.events).toHaveLength(soFar)
        expect(run.settled).toBeUndefined()
        release()
        expect(await run.end()).toEqual({ state: 'completed' })
        expect(run.addedUnderPressure).toBe(0)
        expect(run.events.length).toBeGreaterThan(4 * times)
        expect((await host.read()).map(({ seq }) => seq)).toEqual(run.events.map(({ seq }) => seq))
      }
    )

    it('fails the reply, not the caller’s patience, when it cannot keep what goes to the background', async () => {
      const run = await begin({ main: flow('Start -> Work -> Go Async -> Work 2 -> End Step') })
      run.process.breakDisk()
      await run.finish('Work')
      await run.until('there is a reply', () => run.reply !== undefined)
      expect(run.reply).toMatchObject({ kind: 'failed', error: { code: 'journal-failed' } })
      expect(await run.end()).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
      expect(run.deeds.map(({ step }) => step)).toEqual(['Work'])
    })

    it('suspends the run before a step that must not happen twice, when it cannot keep that it begins', async () => {
      const run = await begin({ main: flow('Start -> Work -> Deliver -> End Step') })
      run.process.breakDisk()
      await run.finish('Work')
      await run.until('there is a reply', () => run.reply !== undefined)
      expect(run.reply).toMatchObject({ kind: 'failed', error: { code: 'journal-failed' } })
      expect(await run.end()).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
      expect(run.deeds.map(({ step }) => step)).toEqual(['Work'])
    })

    it('says in the end that it could not be written, when nothing of the run had to wait for it', async () => {
      const run = await begin({ main: flow('Start -> Work -> End Step') })
      run.process.breakDisk()
      await run.finish('Work')
      expect(await run.end()).toMatchObject({ state: 'suspended', error: { code: 'journal-failed' } })
    })
  })

  describe(`${name}: a reply`, () => {
    it('waits until the background thread is safe', async () => {
      const run = await begin({ main: flow('Start -> Work -> Go Async -> Work 2 -> End Step') })
      const release = run.process.hold()
      await run.finish('Work')
      await run.until('there is a background thread', () => run.run.threads.length === 2)
      for (let turn = 0; turn < 20; turn++) await run.clock.run(0)
      expect(run.reply).toBeUndefined()
      expect(run.waiting).toEqual([])
      release()
      await run.until('there is a reply', () => run.reply !== undefined)
      expect(run.reply).toEqual({ kind: 'replied', outcome: 'End Step', outputs: {} })
      await run.finish('Work 2')
      expect(await run.end()).toEqual({ state: 'completed' })
    })

    it('is never followed by a loss: killed at that moment, the background thread goes on', async () => {
      const run = new ContractRun(await makeHost(), { main: flow('Start -> Go Async -> Work -> End Step') })
      const killed = new Promise<void>(
        (resolve, reject) => void run.start(() => void run.kill().then(resolve, reject)).catch(reject)
      )
      await Promise.race([killed, run.until('it is killed', () => false)])
      await run.resume()
      expect(
        run.process.past.find((event) => event.event === 'ThreadStarted' && event.kind === 'background')
      ).toBeDefined()
      await run.finish('Work')
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(run.run).toMatchObject({
        reply: { outcome: 'End Step' },
        threads: [{ end: 'completed' }, { end: 'completed' }]
      })
    })
  })

  describe(`${name}: after a kill`, () => {
    it('a pause counts from when it began', async () => {
      const run = await begin({ main: flow('Start -> Pause Flow -> End Step', { 'Pause Flow': input('Seconds', 60) }) })
      await run.clock.run(20_000)
      await run.safe()
      await run.kill()
      await run.resume('retry', 15_000)
      await run.clock.run(24_999)
      expect(run.settled).toBeUndefined()
      await run.clock.run(1)
      expect(await run.end()).toEqual({ state: 'completed' })
    })

    it('a signal is neither lost nor had twice', async () => {
      const signal = input('Signal', 'go')
      const run = await begin({
        main: flow('Start -> Work -> Wait for Signal -> Work 2 -> Wait for Signal 2 -> End Step', {
          'Wait for Signal': signal,
          'Wait for Signal 2': signal
        })
      })
      const received = (): unknown[] =>
        run.run.visits.flatMap(({ step, outputs }) => (step.startsWith('Wait') && outputs ? [outputs['Value']] : []))
      run.handle.signal('go', 1)
      await run.safe()
      await run.kill()
      await run.resume()
      await run.finish('Work')
      await run.until('the signal has come', () => received().length === 1)
      await run.safe()
      await run.kill()
      await run.resume()
      await run.finish('Work 2')
      await run.until('it waits again', () => run.run.visits.some(({ step }) => step === 'Wait for Signal 2'))
      for (let turn = 0; turn < 20; turn++) await run.clock.run(0)
      expect(received()).toEqual([1])
      run.handle.signal('go', 2)
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(received()).toEqual([1, 2])
    })

    it('an effect that may be repeated is, with the same key, and one that was done is not', async () => {
      const run = await begin({
        main: flow('Start -> Repeat -[Loop]-> Run Flow\nRepeat -[Done]-> End Step', {
          Repeat: input('Times', 2),
          'Run Flow': { settings: { Flow: 'child' } }
        }),
        child: flow('Start -> Put -> End Step')
      })
      await run.finish('Put')
      await run.until('it is put again', () => run.deeds.length === 2)
      await run.safe()
      await run.kill()
      await run.resume()
      await run.finish('Put')
      expect(await run.end()).toEqual({ state: 'completed' })
      const [first, cutOff, again, ...more] = run.deeds
      expect(more).toEqual([])
      expect(first?.key).not.toBe(cutOff?.key)
      expect(again).toEqual({ ...cutOff, resumed: true })
    })

    it('a document that was added is not added a second time', async () => {
      const run = await begin({
        main: flow('Start -> Add Document to Folder -> End Step', {
          'Add Document to Folder': {
            inputs: { Name: { kind: 'constant', value: 'notes.txt' }, Text: { kind: 'constant', value: 'Notes' } }
          }
        })
      })
      await run.until('the document is there', () => run.waiting.length === 1)
      await run.safe()
      await run.kill()
      await run.resume()
      await run.finish('documents.add')
      expect(await run.end()).toEqual({ state: 'completed' })
      const added = run.run.visits.find(({ step }) => step === 'Add Document to Folder')?.outputs
      const notes = { $type: 'File', path: 'documents/notes.txt', name: 'notes.txt', size: 5 } as const
      expect(added).toEqual({ Document: notes })
      expect(await run.process.services.documents.readText(notes)).toBe('Notes')
    })

    it('a race is not decided anew', async () => {
      const run = await begin({
        main: flow(
          `Start -> Parallel -[Path 1]-> Work A -> Join -> Work C -> End Step
           Parallel -[Path 2]-> Work B -> Join`,
          { Join: { settings: { 'Wait for': 'Any' } } }
        )
      })
      await run.finish('Work B')
      await run.until('the path is behind the Join', () => run.waiting.includes('Work C'))
      await run.safe()
      await run.kill()
      await run.resume()
      expect(run.waiting).toEqual(['Work C'])
      await run.finish('Work C')
      expect(await run.end()).toEqual({ state: 'completed' })
      const ends = run.run.threads.flatMap(({ name: thread, end }) =>
        thread.startsWith('Path') ? [`${thread} ${end}`] : []
      )
      expect(ends).toEqual(['Path 1 cancelled', 'Path 2 completed'])
    })

    it('a run that was told to stop stops', async () => {
      const run = await begin({ main: flow('Start -> Go Async -> Work -> End Step') })
      await run.until('Work waits', () => run.waiting.length === 1)
      run.handle.cancel()
      await run.safe()
      await run.kill()
      await run.resume()
      expect(await run.end()).toEqual({ state: 'cancelled' })
      expect(run.deeds).toHaveLength(1)
    })
  })

  describe(`${name}: an effect that must not happen twice`, () => {
    /** Killed when the second item has just happened, which nobody knows. */
    const killedInDoubt = async (): Promise<ContractRun> => {
      const run = await begin({ main: flow('Start -> Deliver -> End Step') })
      await run.finish('Deliver', 0)
      await run.until('the second item is delivered', () => run.deeds.length === 2)
      await run.kill()
      return run
    }
    const delivered = ({ deeds }: ContractRun): unknown[] => deeds.map(({ item }) => item)

    it('is in the journal before it happens, and in doubt after a kill', async () => {
      const run = await killedInDoubt()
      await run.resume('skip')
      const begun = run.process.past.flatMap((event) => (event.event === 'EffectBegun' ? [event.item?.index] : []))
      expect(begun).toEqual([0, 1])
      expect(doubtsOf(foldRun(run.process.past))).toMatchObject([
        { step: 'Deliver', items: [{ index: 1 }], handling: 'ask' }
      ])
    })

    it('is done again when that is wanted, with the same key', async () => {
      const run = await killedInDoubt()
      await run.resume('retry')
      await run.finish('Deliver', 1)
      await run.finish('Deliver', 2)
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(delivered(run)).toEqual([0, 1, 1, 2])
      expect(new Set(run.deeds.map(({ key }) => key)).size).toBe(1)
    })

    it('is left out when that is wanted', async () => {
      const run = await killedInDoubt()
      await run.resume('skip')
      await run.finish('Deliver', 2)
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(delivered(run)).toEqual([0, 1, 2])
    })
  })

  describe(`${name}: in good order`, () => {
    it('a run is cancelled with its background threads, and the journal ends with that', async () => {
      const host = await makeHost()
      const run = new ContractRun(host, { main: flow('Start -> Go Async -> Work -> End Step') })
      await run.start()
      await run.until('Work waits', () => run.waiting.length === 1)
      run.handle.cancel()
      expect(await run.end()).toEqual({ state: 'cancelled' })
      expect(run.run.threads.map(({ end }) => end)).toEqual(['completed', 'cancelled'])
      expect((await host.read()).at(-1)).toMatchObject({ event: 'RunSettled', state: 'cancelled' })
    })

    it('a run is suspended and gone on with, and nothing was in doubt', async () => {
      const run = await begin({ main: flow('Start -> Go Async -> Deliver -> Put -> End Step') })
      await run.finish('Deliver', 0)
      await run.until('the second item is delivered', () => run.deeds.length === 2)
      const suspended = run.suspend()
      await run.finish('Deliver', 1)
      await suspended
      await run.resume('skip')
      expect(run.process.past.map(({ event }) => event)).not.toContain('RunSettled')
      await run.finish('Deliver', 2)
      await run.finish('Put')
      expect(await run.end()).toEqual({ state: 'completed' })
      expect(run.deeds.map(({ step, item }) => [step, item])).toEqual([
        ['Deliver', 0],
        ['Deliver', 1],
        ['Deliver', 2],
        ['Put', undefined]
      ])
    })
  })
}
