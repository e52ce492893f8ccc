import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Journal, Recording } from '../index.ts'
import type { HostName, JournalSource } from './journalSource.ts'
import { median, quantile, rounded } from './statistics.ts'
import type { Finished, Job, Workload } from './workload.ts'

/** How long and how often a workload is timed. */
export interface Effort {
  /** Milliseconds of running before anything counts. */
  readonly warm: number
  /** Milliseconds after which no further run is begun. */
  readonly cap: number
  /** Runs at most. */
  readonly reps: number
}

/** What was measured, as it is printed: one JSON line. */
export interface Measured {
  readonly workload: string
  readonly n: number
  readonly recording: Recording
  readonly host: HostName
  /** The middle run, in milliseconds of wall time. */
  readonly ms: number
  readonly reps: number
  /** Units a second. */
  readonly perSec: number
  /** The most memory the process has had. */
  readonly rssMB: number
  readonly msMin?: number
  readonly msMax?: number
  /** The middle run, in milliseconds of processor time. */
  readonly cpuMs?: number
  readonly units?: number
  readonly p50us?: number
  readonly p99us?: number
  /** By how much the heap grows for each unit while the run's journal is held; with full recording in memory. */
  readonly bytesPerStep?: number
  readonly eventsPerStep?: number
}

const now = (): number => performance.now()
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Warms `workload` up, times its runs one by one, and checks what each gives. */
export async function measure(
  workload: Workload,
  n: number,
  recording: Recording,
  journals: JournalSource,
  effort: Effort
): Promise<Measured> {
  const job = workload.prepare(n, journals, recording)
  const about = { workload: workload.name, n, recording, host: journals.host }
  const figures = job.kind === 'rate' ? await rateOf(job, journals, effort) : await replyTimes(job, journals, effort)
  const kept =
    job.kind === 'rate' && recording === 'full' && journals.host === 'memory' ? await heldBy(job, journals) : {}
  return { ...about, ...figures, rssMB: rounded(process.resourceUsage().maxRSS / 1024), ...kept }
}

type Figures = Omit<Measured, 'workload' | 'n' | 'recording' | 'host' | 'rssMB'>

async function rateOf(job: Job & { kind: 'rate' }, journals: JournalSource, effort: Effort): Promise<Figures> {
  const warmUntil = now() + effort.warm
  do await checked(job, journals)
  while (now() < warmUntil)
  await turn()
  const wall: number[] = []
  const processor: number[] = []
  const until = now() + effort.cap
  do {
    await journals.prepare()
    const before = process.cpuUsage()
    const began = now()
    const { value } = await job.run()
    wall.push(now() - began)
    const { user, system } = process.cpuUsage(before)
    processor.push((user + system) / 1000)
    expectValue(value, job)
  } while (wall.length < effort.reps && now() < until)
  const ms = median(wall)
  return {
    ms: rounded(ms, 4),
    msMin: rounded(Math.min(...wall), 4),
    msMax: rounded(Math.max(...wall), 4),
    cpuMs: rounded(median(processor), 4),
    reps: wall.length,
    units: job.units,
    perSec: rounded((job.units / ms) * 1000)
  }
}

/** The time from the start of a run until its caller has the reply. The first runs are the warm-up. */
async function replyTimes(job: Job & { kind: 'reply' }, journals: JournalSource, effort: Effort): Promise<Figures> {
  const micros: number[] = []
  const until = now() + effort.warm + effort.cap
  do {
    await journals.prepare()
    const began = now()
    const { reply, settled } = job.start()
    const value = await reply
    micros.push((now() - began) * 1000)
    expectValue(value, job)
    await settled
  } while (micros.length < effort.reps + warmReplies && now() < until)
  const counted = micros.slice(micros.length > 2 * warmReplies ? warmReplies : micros.length >> 2)
  const p50us = median(counted)
  return {
    ms: rounded(p50us / 1000, 4),
    reps: counted.length,
    perSec: rounded(1e6 / p50us),
    p50us: rounded(p50us, 1),
    p99us: rounded(quantile(counted, 0.99), 1)
  }
}

const warmReplies = 30

async function checked(job: Job & { kind: 'rate' }, journals: JournalSource): Promise<Finished> {
  await journals.prepare()
  const finished = await job.run()
  expectValue(finished.value, job)
  return finished
}

function expectValue(value: number, { expected }: Job): void {
  if (value !== expected) throw new Error(`The run gave ${value}, and ${expected} was expected.`)
}

/** What the journal of one run holds on to. */
async function heldBy(
  job: Job & { kind: 'rate' },
  journals: JournalSource
): Promise<Pick<Measured, 'bytesPerStep' | 'eventsPerStep'>> {
  const collect = collector()
  collect()
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  const { journal } = await checked(job, journals)
  if (!journal) return {}
  collect()
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  const events = eventsIn(journal)
  return {
    bytesPerStep: rounded((after - before) / job.units, 1),
    ...(events !== undefined && { eventsPerStep: rounded(events / job.units, 2) })
  }
}

function eventsIn(journal: Journal): number | undefined {
  return 'events' in journal && Array.isArray(journal.events) ? journal.events.length : undefined
}

/** Collects garbage, twice, so that what only waits for its finalisation goes too. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('This Node does not let its garbage be collected on demand.')
  return () => {
    Reflect.apply(collect, undefined, [])
    Reflect.apply(collect, undefined, [])
  }
}
