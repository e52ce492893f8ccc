import type { Installation } from '../../engine/host/index.ts'
import type { Failure, RunEvent, Value } from '../../engine/index.ts'
import type { RunOffer, RunSummary } from '../ipc/contract.ts'
import { Refusal } from '../ipc/refusal.ts'
import { runMissing } from '../messages.ts'
import type { RunOrder } from '../runner/protocol.ts'
import { doubtsIn, type ResumeWish } from './interruptedRuns.ts'
import { RunArchive } from './runArchive.ts'
import { Runner, type RunStart } from './runner.ts'
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
  /** The runner is there again after it went down. */
  reopened(): void
  report(where: string, error: unknown): void
}

/** All runs: those of this session as the runner tells them, the others as their journals do. */
export class Runs {
  readonly #runner: Runner
  readonly #archive: RunArchive
  readonly #listener: RunsListener
  readonly #live = new Map<string, LiveRun>()
  /** What people are to decide about interrupted runs, by the run's id. */
  readonly #offers = new Map<string, RunOffer>()

  /** `runnerFile`: the built runner. `userData`: where `installation`, and all that the studio keeps, is. */
  constructor(runnerFile: string, userData: string, installation: Installation, listener: RunsListener) {
    this.#listener = listener
    this.#archive = new RunArchive(installation)
    this.#runner = new Runner(runnerFile, userData, {
      started: (start, order) => this.#begin(start, order.folder),
      events: (run, events) => this.#take(run, events),
      finished: (run, failure) => this.#finish(run, failure),
      suspended: (run, failure) => this.#suspend(run, failure),
      reopened: () => listener.reopened(),
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
    return this.#runner.running.filter((run) => !this.#live.get(run)?.tally.summary.settled).length
  }

  /** How many are still held: those, and settled ones that are being put away. */
  held(): number {
    return this.#runner.running.length
  }

  /** Resolves once the run has begun; rejects with a Refusal when it cannot. */
  async start(order: RunOrder): Promise<RunSummary> {
    const run = await this.#runner.start(order)
    const live = this.#live.get(run)
    if (!live) throw new Refusal('run-missing', runMissing())
    return live.tally.summary
  }

  /**
   * Goes on with an interrupted run, or leaves it as it was with an offer that says what is in doubt. Rejects with a
   * Refusal when it cannot.
   */
  async resume({ root, run, inDoubt, accounts, cancel = false }: ResumeWish): Promise<RunSummary> {
    const summary = (await this.list(root)).find(({ id }) => id === run)
    if (!summary) throw new Refusal('run-missing', runMissing())
    const folder = await this.folder(root, run)
    const { number } = summary
    const answer = await this.#runner.resume({ folder: root, run: folder, number, inDoubt, cancel, accounts })
    if ('doubts' in answer) return this.offer(root, summary, { doubts: doubtsIn(answer.doubts) })
    const live = this.#live.get(run)
    if (!live) throw new Refusal('run-missing', runMissing())
    return live.tally.summary
  }

  /** Says what a person is to decide about an interrupted run; undefined: nothing any more. */
  offer(root: string, run: RunSummary, offer: RunOffer | undefined): RunSummary {
    if (offer) this.#offers.set(run.id, offer)
    else this.#offers.delete(run.id)
    const summary = this.#offered(run)
    this.#listener.changed(summary)
    return summary
  }

  /** These runs are not there any more. */
  forget(runs: readonly string[]): void {
    for (const run of runs) this.#live.delete(run)
  }

  /** Whether the run is going on in this session. */
  isGoingOn(run: string): boolean {
    return this.#runner.running.includes(run)
  }

  cancel(run: string): void {
    this.#runner.cancel(run)
  }

  /** Stops carrying all runs, so that they can be resumed. Answers which they are. */
  suspendAll(): readonly string[] {
    const { running } = this.#runner
    for (const run of running) this.#runner.suspend(run)
    return running
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
    return [...all.values()]
      .map((run) => this.#offered(run))
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
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

  /** The run with what is to be decided about it, if anything is. */
  #offered({ offer: _, ...run }: RunSummary): RunSummary {
    const offer = this.#offers.get(run.id)
    return offer ? { ...run, offer } : run
  }

  #begin({ run, number, folder, past, events }: RunStart, root: string): void {
    const tally = new RunTally(run, number)
    for (const event of past) tally.add(event)
    this.#offers.delete(run)
    this.#live.set(run, { root, folder, tally, events: [...past] })
    this.#take(run, events)
  }

  #suspend(run: string, failure: Failure | undefined): void {
    const live = this.#live.get(run)
    if (!live) return
    live.tally.interrupt()
    const { summary } = live.tally
    if (failure) this.offer(live.root, summary, { doubts: [], problem: failure.message })
    else this.#listener.changed(summary)
    this.#listener.ended(summary)
  }

  #take(run: string, events: readonly RunEvent[]): void {
    const live = this.#live.get(run)
    if (!live) return
    for (const event of events) {
      live.events?.push(event)
      live.tally.add(event)
    }
    this.#listener.changed(live.tally.summary)
    this.#listener.events(run, events)
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
