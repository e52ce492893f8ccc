import type { Flow, Journal, Recording } from '../index.ts'
import { type BenchFlow, expectCompleted, numberIn, startRun } from './benchRun.ts'
import { backgroundFlow, branchFlow, chainFlow, fanOutFlow, forEachFlow, loopFlow } from './flows.ts'
import type { HostName, JournalSource } from './journalSource.ts'

/** What one timed run came to. */
export interface Finished {
  readonly value: number
  /** Where the run's events are; absent where there were many runs. */
  readonly journal?: Journal
}

/** A run of which the time until the reply counts; the rest is waited for, but not timed. */
export interface Replying {
  readonly reply: Promise<number>
  readonly settled: Promise<void>
}

/** A workload made ready: the flow is there, and what must come of it. */
export type Job = { readonly expected: number } & (
  | { readonly kind: 'rate'; readonly units: number; run(): Promise<Finished> }
  | { readonly kind: 'reply'; start(): Replying }
)

/** One of the tasks that flow engines are compared by. */
export interface Workload {
  readonly name: string
  readonly unit: 'step' | 'run' | 'iteration' | 'branch' | 'reply'
  /** How many, unless asked otherwise. */
  readonly n: number
  readonly recording: Recording
  readonly host: HostName
  prepare(n: number, journals: JournalSource, recording: Recording): Job
}

/** The loop adds these: i % 7. */
const items = (n: number): number[] => Array.from({ length: n }, (_, index) => index % 7)
const indexes = (n: number): number[] => Array.from({ length: n }, (_, index) => index)
const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

const benchFlow = (flow: Flow, inputs: BenchFlow['inputs'], recording: Recording): BenchFlow => ({
  flows: { flow },
  inputs,
  recording
})

/** A job in which one run of `flow` is timed from its start until it is settled. */
function oneRun(flow: BenchFlow, journals: JournalSource, units: number, expected: number): Job {
  return {
    kind: 'rate',
    units,
    expected,
    async run() {
      const journal = journals.next()
      const run = startRun(flow, journal)
      const value = numberIn(await run.reply)
      expectCompleted(await run.settled)
      return { value, journal }
    }
  }
}

function loop(name: string, flow: (n: number) => Flow, recording: Recording, host: HostName = 'memory'): Workload {
  return {
    name,
    unit: 'step',
    n: 100_000,
    recording,
    host,
    prepare(n, journals, how) {
      const list = items(n)
      return oneRun(benchFlow(flow(n), { items: list }, how), journals, 2 * n, total(list))
    }
  }
}

/** Runs of a flow of five steps, `inFlight` of them at any time, each waited for until it is settled. */
function manyRuns(name: string, inFlight: number): Workload {
  return {
    name,
    unit: 'run',
    n: 10_000,
    recording: 'summary',
    host: 'memory',
    prepare(n, journals, recording) {
      const flow = benchFlow(chainFlow(5), { x: 0 }, recording)
      return {
        kind: 'rate',
        units: n,
        expected: 5 * n,
        async run() {
          let left = n
          let value = 0
          const work = async (): Promise<void> => {
            while (left-- > 0) {
              const run = startRun(flow, journals.next())
              const reply = await run.reply
              value += numberIn(reply)
              expectCompleted(await run.settled)
            }
          }
          await Promise.all(Array.from({ length: inFlight }, work))
          return { value }
        }
      }
    }
  }
}

/** The time until the reply, while a part of `n` asynchronous items goes on in the background. */
function goingOn(name: string, host: HostName): Workload {
  return {
    name,
    unit: 'reply',
    n: 1000,
    recording: 'summary',
    host,
    prepare(n, journals, recording) {
      const flow = benchFlow(backgroundFlow(indexes(n)), {}, recording)
      return {
        kind: 'reply',
        expected: 1,
        start() {
          const run = startRun(flow, journals.next())
          return { reply: run.reply.then(numberIn), settled: run.settled.then(expectCompleted) }
        }
      }
    }
  }
}

/** The workloads by name, in the order in which they are printed. */
export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    unit: 'step',
    n: 1000,
    recording: 'summary',
    host: 'memory',
    prepare: (n, journals, recording) => oneRun(benchFlow(chainFlow(n), { x: 0 }, recording), journals, n, n)
  },
  loop('W2', loopFlow, 'summary'),
  loop('W2each', forEachFlow, 'summary'),
  manyRuns('W3', 1),
  manyRuns('W3c', 100),
  {
    name: 'W4',
    unit: 'iteration',
    n: 100_000,
    recording: 'summary',
    host: 'memory',
    prepare: (n, journals, recording) =>
      oneRun(benchFlow(branchFlow(n), {}, recording), journals, n, Math.ceil(n / 2) + 2 * Math.floor(n / 2))
  },
  {
    name: 'W5',
    unit: 'branch',
    n: 1000,
    recording: 'summary',
    host: 'memory',
    prepare(n, journals, recording) {
      const list = indexes(n)
      return oneRun(benchFlow(fanOutFlow(), { items: list }, recording), journals, n, total(list))
    }
  },
  goingOn('W6', 'memory'),
  goingOn('W6file', 'file'),
  loop('W7', loopFlow, 'full'),
  loop('W7disk', loopFlow, 'full', 'file')
]
