import type { RunRequest, RunSummary } from '../../electron/ipc/contract.ts'
import type { Run, RunEvent, ThreadId, Value } from '../../engine/index.ts'
import { on, request, sentenceOf } from '../studio.ts'
import { interruptedRun } from './interruptedRun.ts'
import { LiveClock } from './liveClock.svelte.ts'
import { Moments } from './moments.ts'

/** One run as it is looked at: its events as they come in, the run they tell, and what can be done to it. */
export class RunSession {
  #id = $state<string>()
  #summary = $state.raw<RunSummary>()
  #run = $state.raw<Run>()
  #problem = $state<string>()
  #moments = new Moments()
  /** Events that came in since the last frame, or while older ones are still being read. */
  #waiting: RunEvent[] = []
  #reading = false
  /** When it would have started, had it not been interrupted since; undefined when it was not. */
  #carriedSince: string | undefined
  #frame: number | undefined
  readonly #clock = new LiveClock()
  #ends: (() => void)[] = []

  get id(): string | undefined {
    return this.#id
  }

  /** Its number, and whether it was interrupted; undefined until known. */
  get summary(): RunSummary | undefined {
    return this.#summary
  }

  /** The run as far as it has come; undefined before its first event. */
  get run(): Run | undefined {
    return this.#run
  }

  /** Milliseconds since its start; goes on by itself until it is settled. */
  get now(): number {
    return this.#clock.now
  }

  /** Why it could not be started or read. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Whether something of it can still happen. */
  get live(): boolean {
    return this.#run !== undefined && !this.#run.settled && !this.#summary?.interrupted
  }

  /** The run at an earlier moment. */
  at(moment: number): Run | undefined {
    return this.#moments.at(moment)
  }

  /** Listens to what happens until `close`. */
  open(): void {
    this.#ends = [
      on('run:events', ({ run, events }) => {
        if (run === this.#id) this.#take(events)
      }),
      on('run:changed', (summary) => {
        if (summary.id === this.#id) this.#learn(summary)
      })
    ]
  }

  close(): void {
    for (const end of this.#ends) end()
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#clock.stop(this.#clock.now)
  }

  /** Starts a run and shows it. Answers its id; undefined when it could not be started. */
  async start(wanted: RunRequest): Promise<string | undefined> {
    this.#forget()
    const summary = await this.#attempt(() => request('run:start', wanted))
    if (!summary) return undefined
    this.#learn(summary)
    await this.show(summary.id)
    return summary.id
  }

  /** Shows a run that was started before. */
  async show(id: string): Promise<void> {
    if (this.#id !== id) this.#forget()
    this.#id = id
    this.#reading = true
    const events = await this.#attempt(() => request('run:read', id))
    this.#reading = false
    if (this.#id !== id || !events) return
    this.#carriedSince = carriedSince(events)
    this.#waiting.unshift(...events)
    this.#flush()
    if (this.#summary?.id === id) return
    const runs = await this.#attempt(() => request('run:list', this.#run?.flow))
    const summary = runs?.find((run) => run.id === id)
    if (summary && this.#id === id) this.#learn(summary)
  }

  /** Stops the run; what it has done stays done. */
  async cancel(): Promise<void> {
    const id = this.#id
    if (id !== undefined) await this.#attempt(() => request('run:cancel', id))
  }

  /** Goes on with the run after it was interrupted. */
  async resume(): Promise<void> {
    const id = this.#id
    if (id === undefined) return
    const summary = await this.#attempt(() => request('run:resume', id, 'ask'))
    if (summary && this.#id === id) this.#learn(summary)
  }

  async cancelThread(thread: ThreadId): Promise<void> {
    const id = this.#id
    if (id !== undefined) await this.#attempt(() => request('run:cancel-thread', id, thread))
  }

  /** Gives the run a signal, so that the step that waits for it goes on. */
  async signal(name: string, value: Value): Promise<void> {
    const id = this.#id
    if (id !== undefined) await this.#attempt(() => request('run:signal', id, name, value))
  }

  #take(events: readonly RunEvent[]): void {
    const here = performance.now()
    const newest = events.at(-1)
    if (newest) this.#clock.heard(newest.at, here)
    this.#waiting.push(...events)
    this.#frame ??= requestAnimationFrame(() => this.#flush())
  }

  /** Folds what has come in: once a frame, however many batches there were. */
  #flush(): void {
    this.#frame = undefined
    if (this.#reading) return
    const events = this.#waiting
    this.#waiting = []
    this.#moments.add(events)
    this.#refresh()
  }

  #learn(summary: RunSummary): void {
    const resumed = this.#summary?.id === summary.id && (this.#summary.resumed ?? 0) !== (summary.resumed ?? 0)
    this.#summary = summary
    // What was told last may not have come into the journal, and then it has not happened.
    if (resumed) void this.#readAnew(summary.id)
    this.#id = summary.id
    this.#refresh()
  }

  /** Forgets what it was told of the run and reads its journal. */
  async #readAnew(id: string): Promise<void> {
    this.#moments = new Moments()
    this.#waiting = []
    this.#clock.reset()
    await this.show(id)
  }

  #refresh(): void {
    const { run } = this.#moments
    if (this.#reading && !run) return
    this.#run = run && this.#summary?.interrupted ? interruptedRun(run) : run
    this.#keepTime()
  }

  #keepTime(): void {
    const run = this.#run
    if (!run) return
    if (this.live) this.#clock.run(this.#carriedSince ?? run.startedAt)
    else this.#clock.stop(run.settled?.at ?? run.at)
  }

  #forget(): void {
    this.#id = undefined
    this.#summary = undefined
    this.#run = undefined
    this.#problem = undefined
    this.#moments = new Moments()
    this.#waiting = []
    this.#carriedSince = undefined
    this.#clock.reset()
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await work()
      this.#problem = undefined
      return answer
    } catch (error) {
      this.#problem = sentenceOf(error)
      return undefined
    }
  }
}

/** The time of a run stands still while nobody carries it. Wall time, ISO 8601. */
function carriedSince(events: readonly RunEvent[]): string | undefined {
  const resumed = events.findLast((event) => event.event === 'RunResumed')
  return resumed && new Date(Date.parse(resumed.resumedAt) - resumed.at).toISOString()
}
