import type { Failure, RunEvent, Value } from '../../engine/index.ts'
import type { RunSummary } from '../ipc/contract.ts'
import { Refusal } from '../ipc/refusal.ts'
import { runMissing } from '../messages.ts'
import type { RunOrder } from '../runner/protocol.ts'
import { RunArchive } from './runArchive.ts'
import { Runner } from './runner.ts'
import { RunTally } from './runSummary.ts'

/** A run that was started in this session. */
interface LiveRun {
  /** The Designer Folder it belongs to, absolute. */
  readonly root: string
  /** Its process folder, absolute. */
  readonly folder: string
  readonly tally: RunTally
  /** Undefined once its journal has them all. */
  events: RunEvent[] | undefined
}

/** What others want to hear of runs. */
export interface RunsListener {
  events(run: string, events: readonly RunEvent[]): void
  changed(summary: RunSummary): void
  /** A run has ended, in whatever way. */
  ended(summary: RunSummary): void
  /** The runner went down with these runs and is being started again. */
  restarted(interrupted: readonly string[]): void
  report(where: string, error: unknown): void
}

/** All runs: those of this session as the runner tells them, the others as their journals do. */
export class Runs {
  readonly #runner: Runner
  readonly #archive = new RunArchive()
  readonly #listener: RunsListener
  readonly #live = new Map<string, LiveRun>()

  /** `runnerFile`: the built runner. */
  constructor(runnerFile: string, listener: RunsListener) {
    this.#listener = listener
    this.#runner = new Runner(runnerFile, {
      started: ({ run, number, folder, events }, order) => {
        this.#live.set(run, { root: order.folder, folder, tally: new RunTally(run, number), events: [] })
        this.#take(run, events)
      },
      events: (run, events) => this.#take(run, events),
      finished: (run, failure) => this.#finish(run, failure),
      wentDown: (interrupted, why) => this.#wentDown(interrupted, why)
    })
  }

  /** Starts the process in which flows run. */
  open(): void {
    this.#runner.open()
  }

  /** Ends it for good. */
  close(): void {
    this.#runner.close()
  }

  /** How many runs of this session have not settled. */
  count(): number {
    return this.#runner.running.length
  }

  /** Resolves once the run has begun; rejects with a Refusal when it cannot. */
  async start(order: RunOrder): Promise<RunSummary> {
    const run = await this.#runner.start(order)
    const live = this.#live.get(run)
    if (!live) throw new Refusal('run-missing', runMissing())
    return live.tally.summary
  }

  cancel(run: string): void {
    this.#runner.cancel(run)
  }

  cancelThread(run: string, thread: number): void {
    this.#runner.cancelThread(run, thread)
  }

  signal(run: string, signal: string, value: Value): void {
    this.#runner.signal(run, signal, value)
  }

  cancelAll(): void {
    for (const run of this.#runner.running) this.#runner.cancel(run)
  }

  /** The runs of a Designer Folder (absolute), newest first. */
  async list(root: string): Promise<RunSummary[]> {
    const all = new Map((await this.#archive.list(root)).map((summary) => [summary.id, summary]))
    for (const [id, live] of this.#live) if (live.root === root) all.set(id, live.tally.summary)
    return [...all.values()].sort((one, other) => other.startedAt.localeCompare(one.startedAt))
  }

  /** All events so far. Throws the Refusal `run-missing`. */
  async events(root: string, run: string): Promise<readonly RunEvent[]> {
    return this.#live.get(run)?.events ?? this.#archive.events(await this.folder(root, run))
  }

  /** The process folder of a run, absolute. Throws the Refusal `run-missing`. */
  async folder(root: string, run: string): Promise<string> {
    const folder = this.#live.get(run)?.folder ?? (await this.#archive.folder(root, run))
    if (folder === undefined) throw new Refusal('run-missing', runMissing())
    return folder
  }

  #take(run: string, events: readonly RunEvent[]): void {
    const live = this.#live.get(run)
    if (!live) return
    for (const event of events) {
      live.events?.push(event)
      live.tally.add(event)
    }
    this.#listener.events(run, events)
    this.#listener.changed(live.tally.summary)
  }

  #finish(run: string, failure: Failure | undefined): void {
    const live = this.#live.get(run)
    if (!live) return
    if (failure) this.#listener.report(`keeping the journal of run ${run}`, failure.message)
    else live.events = undefined
    this.#listener.ended(live.tally.summary)
  }

  #wentDown(interrupted: readonly string[], why: string): void {
    this.#listener.report('running flows', `The runner went down (${why}). Runs: ${interrupted.join(', ') || 'none'}`)
    const lost = interrupted.map((run) => this.#live.get(run)).filter((live) => live !== undefined)
    for (const { tally } of lost) {
      tally.interrupt()
      this.#listener.changed(tally.summary)
    }
    this.#listener.restarted(interrupted)
    for (const { tally } of lost) this.#listener.ended(tally.summary)
  }
}
