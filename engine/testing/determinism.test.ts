import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'
import { seededRandom } from '../run/schedule/seededRandom.ts'
import { flowFromText } from './flowFromText.ts'
import { holds } from './property/holds.ts'
import { type Carried, eventsOf } from './random/carrying/carried.ts'
import { carry } from './random/carrying/carry.ts'
import { cutAfter } from './random/carrying/killed.ts'
import { inSteps, randomRun, richRun } from './random/flows/randomRun.ts'
import { testDefinitions } from './runInMemory.ts'
import { runSeeded } from './runSeeded.ts'

/** The journal, line by line. */
const linesOf = (carried: Carried): readonly string[] => eventsOf(carried).map((event) => JSON.stringify(event))

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
  it('gives the same journal byte for byte', { timeout: 600_000 }, () => {
    // Half a billion milliseconds: a wait is one or two of them.
    const steps = fc.constantFrom(1, 5e8)
    return holds(
      'same journal',
      fc.asyncProperty(richRun, fc.nat(), steps, fc.boolean(), async (run, order, step, slowScripts) => {
        const options = { run: inSteps(run, step), order, slowScripts }
        expect(linesOf(await carry(options))).toEqual(linesOf(await carry(options)))
      }),
      { runs: 500 }
    )
  })
})

describe('a run under a seed', () => {
  it('can be resumed after any event, and every thread ends as it would have', { timeout: 600_000 }, () =>
    holds(
      'resumed order',
      fc.asyncProperty(randomRun, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), async (run, order, where) => {
        const whole = await carry({ run, order })
        const events = eventsOf(whole)
        let cut = 1 + Math.floor(where * (events.length - 2))
        // There the step sets the variable again, and tells so.
        while (events[cut - 1]?.event === 'VariableSet') cut--
        const last = await carry({ run }, cutAfter(whole, cut))
        expect(ends(eventsOf(last))).toEqual(ends(events))
      }),
      { runs: 500 }
    )
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
