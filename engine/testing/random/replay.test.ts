import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Services, StepFailure } from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import { memoryJournal } from '../../run/journal/journal.ts'
import { resumeFlow } from '../../run/replay/resumeFlow.ts'
import { startFlow } from '../../run/startFlow.ts'
import { type RandomRun, randomRun } from './randomFlow.ts'
import { testSteps } from '../runInMemory.ts'
import { virtualClock } from '../virtualClock.ts'

const cases = Math.ceil(Number(process.env['REFERENCE_CASES'] ?? 10_000) / 5)
const seed = process.env['REFERENCE_SEED'] === undefined ? undefined : Number(process.env['REFERENCE_SEED'])

const unused = (): never => {
  throw new Error('Random flows need no such service')
}

/** The events of a run on a virtual clock: of all of it, or of what follows when its process ended after `before`. */
async function carry(run: RandomRun, before: readonly RunEvent[] = []): Promise<RunEvent[]> {
  const { flows, work, cancelAt } = run
  const clock = virtualClock(0)
  const time = before.at(-1)?.at ?? 0
  clock.pass(time)
  const events: RunEvent[] = []
  const services: Services = {
    clock,
    random: unused,
    documents: { readText: unused, add: unused, copy: unused },
    mail: { send: unused },
    script: { run: unused }
  }
  const options = {
    definitions: testSteps(async ({ key, attempt, inputs, signal, startedAt }) => {
      const { takes, fails } = work(key.slice('r/'.length), attempt)
      await clock.sleep(startedAt + takes - clock.now(), signal)
      if (fails !== undefined) throw new StepFailure(fails, fails)
      return inputs['In'] ?? null
    }),
    services,
    journal: memoryJournal(),
    onEvent: (event: RunEvent) => void events.push(event)
  }
  const handle =
    before.length === 0
      ? startFlow({ run: 'r', flow: '0', flows, inputs: {}, ...options })
      : await resumeFlow({ events: before, inDoubt: 'retry', ...options })
  if (cancelAt !== undefined && (time === 0 || cancelAt > time))
    clock.after(cancelAt - time, () => {
      handle.cancel()
    })
  await clock.run()
  return events
}

/**
 * What events tell of each thread, but for their numbers: threads that go on at the same moment may do so in any order,
 * and a step that stops its own run may be stopped before it has completed.
 */
const facts = (events: readonly RunEvent[]): string[] =>
  events
    .filter((event) => !(event.event === 'StepCompleted' && event.step.startsWith('Cancel Run')))
    .sort((one, other) => one.at - other.at || threadOf(one) - threadOf(other))
    .map(({ seq: _, ...fact }) => JSON.stringify(fact))

const threadOf = (event: RunEvent): number => ('thread' in event ? event.thread : Infinity)

it(`goes on from any event of ${cases.toLocaleString('en')} random runs as if nothing had happened`, async () => {
  await fc.assert(
    fc.asyncProperty(randomRun, fc.double({ min: 0, max: 1, noNaN: true }), async (run, where) => {
      const whole = await carry(run)
      let cut = 1 + Math.floor(where * (whole.length - 2))
      // There the step sets the variable again, and tells so.
      while (whole[cut - 1]?.event === 'VariableSet') cut--
      const before = whole.slice(0, cut)
      const [resumed, ...after] = await carry(run, before).catch((error: unknown) => {
        throw new Error(
          `${run.text}\ncut after ${cut}\n${before.map((event) => JSON.stringify({ ...event, flows: 0 })).join('\n')}`,
          { cause: error }
        )
      })
      expect(resumed).toMatchObject({ event: 'RunResumed', seq: cut + 1, at: before.at(-1)?.at })
      expect(facts(after), `${run.text}\ncut after ${cut}`).toEqual(facts(whole.slice(cut)))
    }),
    { numRuns: cases, ...(seed !== undefined && { seed }) }
  )
}, 300_000)
