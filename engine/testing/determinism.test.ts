import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepFailure } from '../model/index.ts'
import type { RunEvent } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'
import { seededRandom } from '../run/schedule/seededRandom.ts'
import { flowFromText } from './flowFromText.ts'
import { type RandomRun, randomRun } from './random/randomFlow.ts'
import { testDefinitions } from './runInMemory.ts'
import { runSeeded } from './runSeeded.ts'

/** A random run under a seed. `rough`: in steps of so many milliseconds, so that many waits end at the same moment. */
const carry = (
  { flows, work, cancelAt, before }: RandomRun & { readonly before?: readonly RunEvent[] },
  seed: number,
  rough: number,
  startsAt: number
): Promise<readonly RunEvent[]> =>
  runSeeded({
    flows,
    seed,
    startsAt,
    ...(cancelAt !== undefined && { cancelAt }),
    ...(before && { before }),
    work: async ({ key, attempt, inputs, signal, startedAt, services: { clock } }) => {
      const { takes, fails } = work(key.slice('r/'.length), attempt)
      await clock.sleep(startedAt + Math.ceil(takes / rough) * rough - clock.now(), signal)
      if (fails !== undefined) throw new StepFailure(fails, fails)
      return inputs['In'] ?? null
    }
  })

/** The journal, line by line; RunStarted without its wall time. */
const bytes = (events: readonly RunEvent[]): string =>
  events.map((event) => JSON.stringify(event.event === 'RunStarted' ? { ...event, startedAt: '' } : event)).join('\n')

/** How the run and its threads ended, whatever their numbers. */
const ends = (events: readonly RunEvent[]): unknown => {
  const { reply, settled, threads } = foldRun(events)
  return {
    reply: reply && { outcome: reply.outcome, outputs: reply.outputs },
    settled: settled?.state,
    threads: threads
      .map(({ kind, end, outcome, outputs, error }) => JSON.stringify([kind, end, outcome, outputs, error?.code]))
      .sort()
  }
}

describe('the same seed', () => {
  it('gives the same journal byte for byte but for wall times, for 100 random runs', { timeout: 60_000 }, async () => {
    const seeds = fc.integer()
    // Half a billion milliseconds: a wait is one or two of them.
    const rough = fc.constantFrom(1, 5e8)
    await fc.assert(
      fc.asyncProperty(randomRun, seeds, rough, async (run, seed, step) => {
        const first = await carry(run, seed, step, 0)
        const second = await carry(run, seed, step, Date.UTC(2026, 10, 24))
        expect(bytes(second)).toBe(bytes(first))
      }),
      { numRuns: 100 }
    )
  })
})

describe('a run under a seed', () => {
  it(
    'can be resumed after any event, and every thread ends as it would have, for 100 random runs',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          randomRun,
          fc.integer(),
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (run, seed, where) => {
            const whole = await carry(run, seed, 1, 0)
            let cut = 1 + Math.floor(where * (whole.length - 2))
            // There the step sets the variable again, and tells so.
            while (whole[cut - 1]?.event === 'VariableSet') cut--
            const before = whole.slice(0, cut)
            const after = await carry({ ...run, before }, seed, 1, 0)
            expect(ends([...before, ...after]), `${run.text}\nseed ${seed}, cut after ${cut}`).toEqual(ends(whole))
          }
        ),
        { numRuns: 100 }
      )
    }
  )
})

describe('another seed', () => {
  const flows = {
    flow: flowFromText(
      `Start -> Parallel -[Path 1]-> Work A -> Pause Flow A -> Pass A -> Join -> End Step
       Parallel -[Path 2]-> Work B -> Pause Flow B -> Pass B -> Join`,
      testDefinitions,
      {
        steps: Object.fromEntries(
          ['A', 'B'].map((path) => [`Pause Flow ${path}`, { inputs: { Seconds: { kind: 'constant', value: 0 } } }])
        )
      }
    )
  }
  const order = (events: readonly RunEvent[]): string =>
    events
      .flatMap((event) => (event.event === 'StepStarted' && / [AB]$/.test(event.step) ? [event.step] : []))
      .join(', ')

  it('lets the threads of two paths go on in another order, and in the end in every order there is', async () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 60; seed++) orders.add(order(await runSeeded({ flows, seed })))
    // Both begin their Work; then each has two moves, to the Pause and to Pass: 4 over 2 orders.
    expect([...orders].sort()).toEqual([
      'Work A, Work B, Pause Flow A, Pass A, Pause Flow B, Pass B',
      'Work A, Work B, Pause Flow A, Pause Flow B, Pass A, Pass B',
      'Work A, Work B, Pause Flow A, Pause Flow B, Pass B, Pass A',
      'Work A, Work B, Pause Flow B, Pass B, Pause Flow A, Pass A',
      'Work A, Work B, Pause Flow B, Pause Flow A, Pass A, Pass B',
      'Work A, Work B, Pause Flow B, Pause Flow A, Pass B, Pass A'
    ])
  })

  it('gives other random numbers, spread evenly', () => {
    const rows = [0, 1, -1, 2 ** 31].map((seed) => Array.from({ length: 4000 }, seededRandom(seed)))
    expect(new Set(rows.flat()).size).toBeGreaterThan(15_950)
    for (const row of rows) {
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...row)).toBeLessThan(1)
      for (let tenth = 0; tenth < 10; tenth++)
        expect(Math.abs(row.filter((one) => Math.floor(one * 10) === tenth).length - 400)).toBeLessThan(100)
    }
  })
})
