import { describe, expect, it } from 'vitest'
import { type Flow, type MailService, type StepContext, StepFailure, type Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, type TrialOptions, tryRun } from '../../testing/trialRun.ts'
import type { RunEvent, RunFlows } from '../journal/event.ts'
import { foldRun } from '../journal/foldRun.ts'

type Extras = Parameters<typeof flowFromText>[2]
const flow = (text: string, extras?: Extras): Flow => flowFromText(text, testDefinitions, extras)

/** A world in which Work fails that is named so, until it is mended, and that keeps what was done. */
function world(...broken: string[]) {
  const done: string[] = []
  const fails = new Set(broken)
  const work = async ({ step, inputs, services, signal, startedAt }: StepContext): Promise<Value> => {
    const { clock } = services
    await clock.sleep(startedAt + 1000 - clock.now(), signal)
    const name = inputs.In === undefined || inputs.In === null ? step.name : `${step.name} ${JSON.stringify(inputs.In)}`
    if (fails.has(name)) throw new StepFailure('down', `${name} is down.`)
    done.push(name)
    return inputs.In ?? null
  }
  return { done, fails, work }
}

/** The whole run: it fails, is mended and retried; also when the retry is killed behind each of its events. */
async function retried(flows: RunFlows, broken: string[], options: TrialOptions = {}): Promise<Trial> {
  const before = world(...broken)
  const first = await tryRun(flows, { ...options, work: before.work })
  const mended = world()
  const second = await tryRun(flows, { ...options, work: mended.work, before: first.events, retry: true })
  const done = [...before.done, ...mended.done]
  expect([...new Set(done)]).toEqual(done)
  expect(second.settled?.state).toBe('completed')
  for (let count = first.events.length + 1; count < second.events.length; count++) {
    const again = world()
    const killed = second.events.slice(0, count)
    const last = await tryRun(flows, { ...options, work: again.work, before: killed })
    expect([count, last.reply, last.settled]).toEqual([count, second.reply, second.settled])
    const doneBefore = doneIn(killed)
    expect(again.done.filter((name) => before.done.includes(name))).toEqual([])
    expect(doneIn(last.events).toSorted()).toEqual(doneIn(second.events).toSorted())
    expect(doneIn(last.events).slice(0, doneBefore.length)).toEqual(doneBefore)
    expect(shape(foldRun(last.events))).toEqual(shape(foldRun(second.events)))
  }
  return second
}

const doneIn = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.event === 'StepCompleted' && event.step.startsWith('Work') ? [`${event.step} ${event.frame}`] : []
  )

/** What a run has come to, without times. */
const shape = ({ threads, visits, frames, reply, settled }: ReturnType<typeof foldRun>): unknown => ({
  threads: threads.map(({ name, end, outcome, error }) => ({ name, end, outcome, error })).toSorted(byText),
  visits: visits.map(({ step, state, outcome }) => `${step} ${state} ${outcome ?? ''}`).toSorted(),
  open: frames.filter(({ leftAt }) => leftAt === undefined).length,
  reply: reply?.outcome,
  settled: settled?.state
})

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
const list = (...items: Value[]) => ({ kind: 'constant', value: items }) as const
const item = { In: { kind: 'select', path: 'item' } } as const

for (const recording of ['full', 'summary'] as const)
  for (const durability of ['standard', 'strict'] as const) {
    const options = { recording, durability }
    describe(`A run that failed goes on at the step that failed, ${recording}, ${durability}`, () => {
      it('in the main thread', async () => {
        const main = flow('Start -> Work 1 -> Work 2 -> Work 3 -> End Step')
        expect((await retried({ main }, ['Work 2'], options)).reply).toMatchObject({ kind: 'replied' })
      })

      it('in a sub-flow', async () => {
        const main = flow('Start -> Work 1 -> Run Flow -[End Step]-> Work 9 -> End Step', {
          steps: { 'Run Flow': { settings: { Flow: 'child' } } }
        })
        await retried({ main, child: flow('Start -> Work 2 -> Work 3 -> End Step') }, ['Work 3'], options)
      })

      it('in a loop, in the midst of it', async () => {
        const main = flow('Start -> For Each -[Each]-> Work\nFor Each -[Done]-> End Step', {
          steps: { 'For Each': { inputs: { Items: list(1, 2, 3) } }, Work: { inputs: item } }
        })
        await retried({ main }, ['Work 2'], options)
      })

      it('in the background alone', async () => {
        const main = flow('Start -> Work 1 -> Go Async -> Work 2 -> Work 3 -> End Step')
        const { events, reply } = await retried({ main }, ['Work 3'], options)
        expect(reply).toMatchObject({ kind: 'replied' })
        expect(events.filter(({ event }) => event === 'Replied')).toHaveLength(1)
      })

      it('in one of some items at the same time, others having been stopped', async () => {
        const main = flow('Start -> For Each -[Each]-> Work -> Work 1\nFor Each -[Done]-> End Step', {
          steps: {
            'For Each': { inputs: { Items: list(1, 2, 3, 4, 5, 6) }, settings: { 'At most': 3 } },
            Work: { inputs: item },
            'Work 1': { inputs: item }
          }
        })
        await retried({ main }, ['Work 2'], options)
        await retried({ main }, ['Work 1 2'], options)
        await retried({ main }, ['Work 5'], options)
        await retried({ main }, ['Work 1', 'Work 2', 'Work 3'], options)
      })

      it('in a path of Parallel', async () => {
        const text = `Start -> Parallel
          Parallel -[Path 1]-> Work 1 -> Work 2 -> Join
          Parallel -[Path 2]-> Work 3 -> Work 4 -> Join
          Parallel -[Path 3]-> Work 5 -> Work 6 -> Work 7 -> Join -> Work 8 -> End Step`
        const steps = { Parallel: { settings: { Paths: 3 } } }
        await retried({ main: flow(text, { steps }) }, ['Work 4'], options)
        await retried({ main: flow(text, { steps }) }, ['Work 1', 'Work 5'], options)
      })

      it('in a path of Parallel inside an item of a loop', async () => {
        const main = flow(
          `Start -> For Each -[Each]-> Work -> Parallel
           Parallel -[Path 1]-> Work 1 -> Work 2 -> Join
           Parallel -[Path 2]-> Work 3 -> Join -> Work 4
           For Each -[Done]-> End Step`,
          {
            steps: {
              'For Each': { inputs: { Items: list(1, 2, 3, 4) }, settings: { 'At most': 2 } },
              Work: { inputs: item },
              'Work 1': { inputs: item },
              'Work 2': { inputs: item },
              'Work 3': { inputs: item },
              'Work 4': { inputs: item }
            }
          }
        )
        await retried({ main }, ['Work 3 2'], options)
        await retried({ main }, ['Work 2 3'], options)
        await retried({ main }, ['Work 4 1'], options)
      })

      it('in a sub-flow that an item calls, at the same time as others', async () => {
        const main = flow(
          'Start -> For Each -[Each]-> Run Flow -[End Step]-> Work 1\nFor Each -[Done]-> Work 2 -> End Step',
          {
            steps: {
              'For Each': { inputs: { Items: list(1, 2, 3) }, settings: { 'At most': 2 } },
              'Run Flow': { settings: { Flow: 'child' }, inputs: { In: { kind: 'select', path: 'item' } } },
              'Work 1': { inputs: item }
            }
          }
        )
        const child = flow('Start -> Work 3 -> Work 4 -> End Step', {
          inputs: [{ name: 'In', type: 'Number' }],
          steps: {
            'Work 3': { inputs: { In: { kind: 'select', path: 'flow.In' } } },
            'Work 4': { inputs: { In: { kind: 'select', path: 'flow.In' } } }
          }
        })
        await retried({ main, child }, ['Work 4 2'], options)
      })

      it('in the main thread and in the background', async () => {
        const main = flow('Start -> Run Flow -[End Step]-> Work 1 -> End Step', {
          steps: { 'Run Flow': { settings: { Flow: 'child' } } }
        })
        const child = flow('Start -> Go Async -> Work 2 -> Work 3 -> End Step')
        await retried({ main, child }, ['Work 1', 'Work 3'], options)
      })
    })
  }

describe('A retry', () => {
  it('may fail, and be made again', async () => {
    const main = flow('Start -> Work 1 -> Work 2 -> End Step')
    let { events } = await tryRun({ main }, { work: world('Work 2').work })
    for (let times = 0; times < 3; times++) {
      const { settled, events: more } = await tryRun(
        { main },
        { work: world('Work 2').work, before: events, retry: true }
      )
      expect(settled).toMatchObject({ state: 'failed', error: { code: 'down' } })
      events = [...more]
    }
    const mended = world()
    const last = await tryRun({ main }, { work: mended.work, before: events, retry: true })
    expect([last.settled?.state, mended.done]).toEqual(['completed', ['Work 2']])
    expect(foldRun(last.events).retries).toBe(4)
  })

  it('of a step that always answers the same fails in the same way', async () => {
    const main = flow('Start -> Work 1 -> Throw Exception', {
      steps: { 'Throw Exception': { inputs: { Message: { kind: 'constant', value: 'No.' } } } }
    })
    let { events } = await tryRun({ main }, { work: world().work })
    for (let times = 0; times < 2; times++) {
      const none = world()
      const { settled, events: more } = await tryRun({ main }, { work: none.work, before: events, retry: true })
      expect([settled?.state, settled?.error?.message, none.done]).toEqual(['failed', 'No.', []])
      events = [...more]
    }
  })
})

describe('A step that is attempted again', () => {
  const failing = async (flows: RunFlows, broken: string[], options: TrialOptions = {}) =>
    (await tryRun(flows, { ...options, work: world(...broken).work })).events

  it('has all its own attempts again', async () => {
    const steps = { Work: { retry: { attempts: 3, wait: 10, factor: 1 } } }
    const main = flow('Start -> Work -> End Step', { steps })
    const { events } = await tryRun(
      { main },
      { work: world('Work').work, before: await failing({ main }, ['Work']), retry: true }
    )
    const attempts = events.flatMap((event) => (event.event === 'StepRetried' ? [event.attempt] : []))
    expect(attempts).toEqual([2, 3, 2, 3])
    await retried({ main }, ['Work'])
  })

  it('has its whole time again, and who called it what was left', async () => {
    const steps = { 'Run Flow': { settings: { Flow: 'child' }, timeout: 3.5 }, Work: { timeout: 1.5 } }
    const main = flow('Start -> Go Async -> Run Flow -[End Step]-> End Step', { steps })
    const child = flow('Start -> Work 1 -> Work 2 -> End Step', { steps: { 'Work 2': { timeout: 1.5 } } })
    const before = await failing({ main, child }, ['Work 2'])
    const later = (before.at(-1)?.at ?? 0) + 86_400_000
    const work = world().work
    const { settled } = await tryRun({ main, child }, { work, before, retry: true, later })
    expect(settled?.state).toBe('completed')
    const slow = async (context: StepContext): Promise<Value> => {
      await context.services.clock.sleep(2000, context.signal)
      return null
    }
    const { settled: tooLate } = await tryRun({ main, child }, { work: slow, before, retry: true, later })
    expect(tooLate?.error?.code).toBe('step-timeout')
  })

  it('begins anew with what it runs when its own time was over', async () => {
    const steps = { 'Run Flow': { settings: { Flow: 'child' }, timeout: 1.5 } }
    const main = flow('Start -> Run Flow -[End Step]-> End Step', { steps })
    const child = flow('Start -> Work 1 -> Work 2 -> End Step')
    const before = await failing({ main, child }, [])
    expect(foldRun(before).settled).toMatchObject({ state: 'failed', error: { code: 'step-timeout' } })
    const quick = async ({ step, services, signal }: StepContext): Promise<Value> => {
      await services.clock.sleep(100, signal)
      return step.name
    }
    const { settled } = await tryRun({ main, child }, { work: quick, before, retry: true })
    expect(settled?.state).toBe('completed')
  })

  it('is running again for whoever reads the run, with the attempt that failed', async () => {
    const main = flow('Start -> Run Flow -[End Step]-> End Step', {
      steps: { 'Run Flow': { settings: { Flow: 'child' } } }
    })
    const child = flow('Start -> Go Async -> Work 1 -> Work 2 -> End Step')
    const before = await failing({ main, child }, ['Work 2'])
    const { events } = await tryRun({ main, child }, { work: world().work, before, retry: true, for: 10 })
    const { settled, threads, visits, frames, log, retries } = foldRun(events)
    expect([settled, retries]).toEqual([undefined, 1])
    expect(threads.map(({ name, end }) => [name, end])).toEqual([
      ['Main', 'completed'],
      ['Background 1', undefined]
    ])
    expect(visits.filter(({ state }) => state !== 'done')).toMatchObject([
      { step: 'Work 2', state: 'running', retries: [{ attempt: 1, error: { code: 'down' } }] }
    ])
    expect(frames.map(({ leftAt }) => leftAt === undefined)).toEqual([false, true])
    expect(log.map(({ message }) => message.slice(0, 17))).toEqual(['Failed; retried a', 'Interrupted; resu'])
    expect(foldRun(events.slice(-2), foldRun(events.slice(0, -2)))).toEqual(foldRun(events))
  })

  it('leaves what others have seen of its failure as it was', async () => {
    const main = flow(
      `Start -> Start Linked Flow Async -> Wait for Run -[Done]-> End Step
       Wait for Run -[Failed]-> Work 3 -> End Step`,
      {
        steps: {
          'Start Linked Flow Async': { settings: { Flow: 'child' } },
          'Wait for Run': { inputs: { Run: { kind: 'select', path: 'steps.Start Linked Flow Async.Run' } } }
        }
      }
    )
    const child = flow('Start -> Work 1 -> Work 2 -> End Step')
    const { events } = await retried({ main, child }, ['Work 2'])
    expect(doneIn(events).map((one) => one.slice(0, 6))).toEqual(['Work 1', 'Work 3', 'Work 2'])
  })

  it('goes on though somebody had stopped the rest of the run meanwhile', async () => {
    const main = flow('Start -> Start Linked Flow Async -> Work 1 -> End Step', {
      steps: { 'Start Linked Flow Async': { settings: { Flow: 'child' } } }
    })
    const child = flow('Start -> Work 2 -> Work 3 -> Work 4 -> End Step')
    const meanwhile = [{ at: 1500, act: (run: { cancel(): void }) => run.cancel() }]
    const before = await failing({ main, child }, ['Work 1'], { meanwhile })
    expect(foldRun(before).settled?.state).toBe('failed')
    const { done, work } = world()
    const { settled } = await tryRun({ main, child }, { work, before, retry: true })
    expect([settled?.state, done]).toEqual(['completed', ['Work 1']])
  })
})

describe('Send Email', () => {
  const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`)
  const main = flow('Start -> Send Email -[Done]-> End Step', {
    steps: {
      'Send Email': {
        settings: { Send: 'One mail to each', 'At most': 1 },
        inputs: {
          To: { kind: 'constant', value: people },
          Subject: { kind: 'constant', value: 'Hello' },
          Body: { kind: 'constant', value: 'Hello' }
        }
      }
    }
  })

  for (const recording of ['full', 'summary'] as const)
    for (const durability of ['standard', 'strict'] as const)
      for (const [code, sentBefore] of [
        ['mail-refused', 4],
        ['mail-server-unreachable', 2]
      ] as const)
        it(`is attempted again for whom it had not sent to: ${code}, ${recording}, ${durability}`, async () => {
          const sent: string[] = []
          const refused = new Set(['c@example.com'])
          const mail: MailService = {
            async send({ messageId, to }) {
              const address = String(to[0])
              if (refused.has(address)) throw new StepFailure(code, 'Not now.')
              sent.push(address)
              return { messageId, refused: [] }
            }
          }
          const options: TrialOptions = { recording, durability, services: { mail } }
          const { events, settled } = await tryRun({ main }, options)
          expect([settled?.state, sent.length]).toEqual(['failed', sentBefore])
          refused.clear()
          const { settled: after, events: all } = await tryRun({ main }, { ...options, before: events, retry: true })
          expect(after?.state).toBe('completed')
          expect(sent.toSorted()).toEqual(people)
          const visit = foldRun(all).visits.find(({ step }) => step === 'Send Email')
          expect(visit).toMatchObject({ state: 'done', outcome: 'Done', progress: { done: 5, total: 5 } })
          expect(visit?.items.map(({ label, state }) => `${state} ${label}`).toSorted()).toEqual(
            people.map((address) => `done ${address}`)
          )
        })
})

describe('A retry is refused', () => {
  const refusal = async (main: Flow, broken: string[] = []): Promise<unknown> => {
    const { events } = await tryRun({ main }, { work: world(...broken).work })
    return tryRun({ main }, { before: events, retry: true }).catch((error: unknown) => error)
  }

  it('where nothing has failed', async () => {
    expect(await refusal(flow('Start -> Work -> End Step'))).toMatchObject({ code: 'retry-needless' })
    const handled = flow('Start -> Work -[On Exception]-> End Step')
    expect(await refusal(handled, ['Work'])).toMatchObject({ code: 'retry-needless' })
  })

  it('where a step ended by an outcome that leads nowhere, as it would again', async () => {
    const main = flow('Start -> If -[True]-> End Step', {
      steps: { If: { inputs: { Condition: { kind: 'constant', value: false } } } }
    })
    expect(await refusal(main)).toMatchObject({ code: 'retry-nowhere' })
  })
})
