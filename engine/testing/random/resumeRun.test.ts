import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../host/testing/chanceOf.ts'
import { memoryDisk } from '../../host/testing/memoryDisk.ts'
import type { DoubtHandling, Flow, Recording } from '../../model/index.ts'
import { doubtsOf } from '../../run/journal/doubts.ts'
import type { RunEvent, RunFact, RunFlows } from '../../run/journal/event.ts'
import { foldRun } from '../../run/journal/foldRun.ts'
import {
  type Carried,
  carry,
  type CarryOptions,
  doneIn,
  eventsOf,
  killed,
  type Remains,
  runFolder,
  unheardIn,
  unsafeWork,
  withoutPower,
  type WorkDone
} from './carriedRun.ts'
import { type RandomRun, randomRun } from './randomFlow.ts'

// RESUME_CASES: how many random runs are killed, for fewer while developing; RESUME_SEED repeats a choice of them.
const cases = Number(process.env['RESUME_CASES'] ?? 2_000)
const seed = process.env['RESUME_SEED'] === undefined ? undefined : Number(process.env['RESUME_SEED'])

/** The flows with every third Work as one that must not be done twice. */
const partlyUnsafe = (flows: RunFlows): RunFlows =>
  Object.fromEntries(
    Object.entries(flows).map(([path, flow]): [string, Flow] => [
      path,
      {
        ...flow,
        steps: flow.steps.map((step, index) =>
          step.type === 'work' && index % 3 === 0 ? { ...step, type: unsafeWork } : step
        )
      }
    ])
  )

/** What became of a run, whoever carried it. */
function ended(carried: Carried): unknown {
  const { reply, settled, threads } = foldRun(eventsOf(carried))
  return {
    reply: reply && { outcome: reply.outcome, outputs: reply.outputs, at: reply.at },
    settled: settled && { state: settled.state, code: settled.error?.code },
    threads: threads
      .map(({ kind, end, outcome, outputs, error, endedAt }) =>
        JSON.stringify({ kind, end, outcome, outputs, code: error?.code, endedAt })
      )
      .sort()
  }
}

/** What a process may tell again that had told it just before its end. */
const maybeTwice: ReadonlySet<RunEvent['event']> = new Set(['RunResumed', 'EffectBegun', 'VariableSet', 'Logged'])

/** Cancel Run, cut off after it had asked for the end of its own run, does not come to its own. */
const isCancelRunCompleted = (event: RunFact): boolean =>
  event.event === 'StepCompleted' && event.step.startsWith('Cancel Run')

/** Threads and frames are numbered as they come, and at the same moment any may come first. */
const numbers: ReadonlySet<string> = new Set(['seq', 'thread', 'frame', 'parent', 'frames', 'Run', 'Thread', 'name'])
const unnumbered = (name: string, value: unknown): unknown => (numbers.has(name) ? undefined : value)

/** The moves that a journal tells of: those of each thread in their order, the threads in any. */
function moves(carried: Carried): string[] {
  const byThread = new Map<number, string[]>()
  for (const event of eventsOf(carried)) {
    if (maybeTwice.has(event.event) || isCancelRunCompleted(event)) continue
    const thread = 'thread' in event ? event.thread : -1
    byThread.set(thread, [...(byThread.get(thread) ?? []), JSON.stringify(event, unnumbered)])
  }
  return [...byThread.values()].map((lines) => lines.join('\n')).sort()
}

const timesOf = (carried: Carried): Map<string, number> => {
  const times = new Map<string, number>()
  for (const { id } of doneIn(carried)) times.set(id, (times.get(id) ?? 0) + 1)
  return times
}

/** A run that was broken off now and then, as its last process has carried it to its end, and what was left each time. */
interface Broken {
  readonly last: Carried
  readonly remains: readonly Remains[]
}

/** Ends the process at some point of the run, and again while it is being gone on with, then carries it to its end. */
async function broken(options: CarryOptions, first: Carried, kills: readonly Kill[]): Promise<Broken> {
  let last = first
  const remains: Remains[] = []
  for (const { at, lost } of kills) {
    const left = killed(last, at, lost)
    if (isSettled(left)) break
    remains.push(left)
    last = await carry(options, left)
  }
  return { last, remains }
}

/** As `broken`, by cutting the power of the computer, with the journal on a disk that loses what was not made safe. */
async function unpowered(
  options: CarryOptions,
  first: Carried,
  kills: readonly Kill[],
  chance: () => number
): Promise<Broken> {
  let last = first
  let disk = memoryDisk(runFolder)
  const remains: Remains[] = []
  for (const { at } of kills) {
    const left = await withoutPower(last, at, disk, chance)
    if (!left || isSettled(left.remains)) break
    remains.push(left.remains)
    disk = left.disk
    last = await carry(options, left.remains)
  }
  return { last, remains }
}

const isSettled = ({ events }: Remains): boolean => events.some(({ event }) => event === 'RunSettled')

interface Kill {
  readonly at: number
  readonly lost: number
}

const part = fc.nat(9_999).map((n) => n / 10_000)
const kill: fc.Arbitrary<Kill> = fc.record({ at: part, lost: fc.oneof(fc.constant(0), part) })

/** What went otherwise than in the unbroken run because several threads moved at the moment of a kill, in whatever order. */
let otherwise = 0

async function check(
  run: RandomRun,
  { recording, handling }: Omit<CarryOptions, 'run'>,
  breakOff: (options: CarryOptions, first: Carried) => Promise<Broken>
): Promise<void> {
  const options: CarryOptions = { run: { ...run, flows: partlyUnsafe(run.flows) }, recording, handling }
  const unbroken = await carry(options)
  const { last, remains } = await breakOff(options, unbroken)
  try {
    expect(ended(last)).toEqual(ended(unbroken))
    expect(moves(last)).toEqual(moves(unbroken))
    checkEffects(unbroken, last, remains, handling)
  } catch (error) {
    if (!remains.some(({ now }) => threadsAt(unbroken, now) > 1)) throw error
    otherwise++
  }
}

function checkEffects(unbroken: Carried, last: Carried, remains: readonly Remains[], handling: DoubtHandling): void {
  const once = new Map(doneIn(unbroken).map((work) => [work.id, work]))
  const unheard = unheardIn(unbroken)
  const times = timesOf(last)
  for (const { id, input, unsafe } of doneIn(last)) expect({ id, input, unsafe }).toEqual(sameParts(once.get(id)))
  let astray = 0
  for (const [id, { unsafe }] of once) {
    if (unheard.has(id)) continue
    const count = times.get(id) ?? 0
    if (!unsafe) expect(count).toBeGreaterThan(0)
    else if (count !== 1) {
      astray++
      if (handling === 'retry') expect(count).toBeGreaterThan(1)
      else expect(count).toBe(0)
    }
  }
  expect(astray).toBeLessThanOrEqual(remains.flatMap(({ events }) => doubtsOf(foldRun(events))).length)
}

const sameParts = (work: WorkDone | undefined): unknown =>
  work && { id: work.id, input: work.input, unsafe: work.unsafe }

/** How many threads moved at this moment, in milliseconds of wall time. */
function threadsAt({ moments }: Carried, now: number): number {
  const threads = new Set<number>()
  for (const moment of moments)
    if (moment.kind === 'event' && moment.now === now && 'thread' in moment.event) threads.add(moment.event.thread)
  return threads.size
}

const ways = fc.record({
  recording: fc.constantFrom<Recording>('full', 'full', 'summary'),
  handling: fc.constantFrom<DoubtHandling>('retry', 'skip')
})
const kills = fc.array(kill, { minLength: 1, maxLength: 3 })

/** Checks `count` random runs, each broken off in a way of its own. */
async function checkAll(
  count: number,
  breakOff: (kills: readonly Kill[], chance: () => number) => (options: CarryOptions, first: Carried) => Promise<Broken>
): Promise<void> {
  otherwise = 0
  await fc.assert(
    fc.asyncProperty(randomRun, ways, kills, fc.nat(), async (run, way, when, luck) => {
      try {
        await check(run, way, breakOff(when, chanceOf(luck)))
      } catch (error) {
        throw new Error(`${run.text}\n${JSON.stringify({ way, when, luck })}`, { cause: error })
      }
    }),
    { numRuns: count, ...(seed !== undefined && { seed }) }
  )
  expect(otherwise).toBeLessThan(Math.max(2, count / 50))
}

describe('a run that is resumed does what the unbroken one does', () => {
  it(`when its process is killed, on ${cases.toLocaleString('en')} random runs`, { timeout: 300_000 }, () =>
    checkAll(cases, (when) => (options, first) => broken(options, first, when))
  )

  it('when the power goes off, on a disk that loses what was not made safe', { timeout: 300_000 }, () =>
    checkAll(cases / 4, (when, chance) => (options, first) => unpowered(options, first, when, chance))
  )
})
