import path from 'node:path'
import { z } from 'zod'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { quickWrite } from '../files/atomicWrite.ts'
import { type Failure, type Value, type ValueRecord, stepOf } from '../../model/index.ts'
import type { FrameId, RunEvent, RunFlows, SettledState, ThreadId } from '../../run/index.ts'

/** What lists tell of a run. Times are in milliseconds since its start. */
export interface RunSummary {
  readonly id: string
  /** The flow's file, relative to the Designer Folder, and its name. */
  readonly flow: string
  readonly name: string
  /** Wall time, ISO 8601. */
  readonly startedAt: string
  /** How many processes have carried it. */
  readonly epoch: number
  /** How many events its journal had, and when the newest was. */
  readonly events: number
  readonly at: number
  /** How many background threads are running. */
  readonly background: number
  /** `outputs` is absent when they are large. */
  readonly reply?: { readonly outcome: string; readonly at: number; readonly outputs?: ValueRecord }
  readonly settled?: { readonly state: SettledState; readonly at: number; readonly error?: Failure }
  /** The name of the step at which a thread failed last. */
  readonly failedAt?: string
  /** How often it was retried after it had failed; absent when it was not. */
  readonly retries?: number
  /** Why it was suspended, where something forced that. */
  readonly suspended?: string
}

/** Folds the events of one run into its summary, one by one, as they come. Cheap: it sees every event of a run. */
export class SummaryTally {
  readonly #epoch: number | undefined
  readonly #before: RunSummary | undefined
  #flows: RunFlows = {}
  #summary: RunSummary | undefined
  #resumed = 0
  #events = 0
  #at = 0
  readonly #background = new Set<ThreadId>()
  /** Those that have failed: a retry goes on with them. */
  readonly #failed = new Set<ThreadId>()
  /** The flow of each frame that is on a stack. */
  readonly #paths = new Map<FrameId, string>()

  /**
   * `epoch`: of the process that carries the run now; counted by its resumes unless given. `before`: what the events so far came
   * to, where they are not to be seen.
   */
  constructor(epoch?: number, before?: RunSummary) {
    this.#epoch = epoch
    this.#before = before
    this.#summary = before
    this.#events = before?.events ?? 0
    this.#at = before?.at ?? 0
  }

  /** Undefined before the run has started. */
  get summary(): RunSummary | undefined {
    return (
      this.#summary && {
        ...this.#summary,
        epoch: this.#epoch ?? (this.#before?.epoch ?? 1) + this.#resumed,
        events: this.#events,
        at: this.#at,
        background: this.#summary.settled ? 0 : (this.#before?.background ?? 0) + this.#background.size
      }
    )
  }

  /** Answers whether the summary says something else now, but for the newest event. */
  add(event: RunEvent): boolean {
    this.#events = event.seq
    this.#at = event.at
    switch (event.event) {
      case 'FrameEntered':
        this.#paths.set(event.frame, event.path ?? this.#paths.get(event.parent ?? 0) ?? '')
        return false
      case 'FrameLeft':
        this.#paths.delete(event.frame)
        return false
      case 'ThreadStarted':
        if (event.kind === 'background') this.#background.add(event.thread)
        return event.kind === 'background'
      case 'ThreadEnded':
        if (event.end === 'failed' && this.#background.has(event.thread)) this.#failed.add(event.thread)
        return this.#background.delete(event.thread)
      case 'RunResumed':
        this.#resumed++
        return true
      case 'RunRetried': {
        for (const thread of event.threads) if (this.#failed.delete(thread)) this.#background.add(thread)
        if (!this.#summary) return false
        const { settled: _, failedAt: __, retries = 0, ...summary } = this.#summary
        this.#summary = { ...summary, retries: retries + 1 }
        return true
      }
      case 'RunStarted': {
        const { run: id, flow, flows, startedAt } = event
        this.#flows = flows
        const name = flows[flow]?.name ?? flow
        this.#summary = { id, flow, name, startedAt, epoch: 1, events: 1, at: 0, background: 0 }
        return true
      }
      case 'Replied': {
        const { outcome, at, outputs } = event
        return this.#tell({ reply: { outcome, at, ...(isSmall(outputs) && { outputs }) } })
      }
      case 'StepFailed': {
        if (event.handled) return false
        const flow = this.#flows[this.#paths.get(event.frame) ?? '']
        return this.#tell({ failedAt: (flow && stepOf(flow, event.step)?.name) ?? event.step })
      }
      case 'RunSettled': {
        const { state, at, error } = event
        this.#background.clear()
        return this.#tell({ settled: { state, at, ...(error && { error }) } })
      }
      default:
        return false
    }
  }

  #tell(what: Partial<RunSummary>): boolean {
    this.#summary &&= { ...this.#summary, ...what }
    return true
  }
}

/** The summary of the run that `events` tell; undefined when they do not begin with its start. */
export function summarize(events: Iterable<RunEvent>): RunSummary | undefined {
  const tally = new SummaryTally()
  for (const event of events) tally.add(event)
  return tally.summary
}

/** The summary that stands in the folder of a run; undefined when it is missing or cannot be used. */
export async function readSummary(folder: string, disk: Disk = systemDisk): Promise<RunSummary | undefined> {
  try {
    const text = (await disk.readFile(summaryFile(folder), mostSummary)).toString('utf8')
    const { version: _, ...summary } = summaryShape.parse(JSON.parse(text))
    return summary
  } catch {
    return undefined
  }
}

/**
 * Puts a summary into the folder of a run, at one stroke but without waiting for the disk: it can always be made again from
 * the journal.
 */
export async function writeSummary(folder: string, summary: RunSummary, disk: Disk = systemDisk): Promise<void> {
  await quickWrite(summaryFile(folder), `${JSON.stringify({ version, ...summary })}\n`, disk)
}

/** Takes the summary out of the folder of a run: what it says is not so any more. */
export const removeSummary = (folder: string, disk: Disk): Promise<void> => disk.rm(summaryFile(folder))

const summaryFile = (folder: string): string => path.join(folder, 'run.json')

/** A file of another version is made anew. */
const version = 1

/** Outputs whose JSON has more characters are left to the journal. */
const mostOutputs = 4096

/** No summary has more bytes. */
const mostSummary = 4_000_000

const isSmall = (outputs: ValueRecord): boolean => JSON.stringify(outputs).length <= mostOutputs

const value = z.custom<Value>((data) => data !== undefined)
const time = z.number()

const summaryShape = z.object({
  version: z.literal(version),
  id: z.string(),
  flow: z.string(),
  name: z.string(),
  startedAt: z.string(),
  epoch: z.int().positive(),
  events: z.int().nonnegative(),
  at: time,
  background: z.int().nonnegative(),
  reply: z
    .object({ outcome: z.string(), at: time, outputs: z.record(z.string(), value).exactOptional() })
    .exactOptional(),
  settled: z
    .object({
      state: z.enum(['completed', 'failed', 'background failed', 'cancelled']),
      at: time,
      error: z
        .object({
          code: z.string(),
          message: z.string(),
          step: z.string().exactOptional(),
          detail: value.exactOptional()
        })
        .exactOptional()
    })
    .exactOptional(),
  failedAt: z.string().exactOptional(),
  retries: z.int().positive().exactOptional(),
  suspended: z.string().exactOptional()
})
