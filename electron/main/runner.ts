import { type UtilityProcess, utilityProcess } from 'electron'
import type { Doubt, Failure, RunEvent, Value } from '../../engine/index.ts'
import { Refusal } from '../ipc/refusal.ts'
import { runnerDown } from '../messages.ts'
import type { ResumeOrder, RunnerCommand, RunnerNotice, RunOrder } from '../runner/protocol.ts'

/** A process that went down sooner than this after its start is not started again at once; milliseconds. */
const soon = 5_000
const longestPause = 30_000

/** A run that was asked for and has not begun. */
interface Pending {
  readonly order: RunOrder | ResumeOrder
  begun(run: string): void
  inDoubt?(doubts: readonly Doubt[]): void
  failed(refusal: Refusal): void
}

/** What is known of a run when it has begun. */
export type RunStart = Omit<Extract<RunnerNotice, { kind: 'started' }>, 'kind' | 'request'>

/** What the runner tells the rest of main. */
export interface RunnerListener {
  started(start: RunStart, order: RunOrder | ResumeOrder): void
  events(run: string, events: readonly RunEvent[]): void
  /** The run is over; `failure` when it could not be kept to the end. */
  finished(run: string, failure: Failure | undefined): void
  /** The run is carried no more; it can be resumed. `failure`: what has forced that. */
  suspended(run: string, failure: Failure | undefined): void
  /** The process went down and took these runs with it. */
  wentDown(interrupted: readonly string[], why: string): void
  /** The process is there again after it had gone down. */
  reopened(): void
}

/** What came of resuming a run: it goes on, or stays as it was because of what is in doubt. */
export type ResumeAnswer = { readonly run: string } | { readonly doubts: readonly Doubt[] }

/**
 * The process in which flows run, started and watched from here. When it goes down, whatever the reason, it is started
 * again: windows and unsaved edits live in other processes and notice nothing but the notice.
 */
export class Runner {
  readonly #file: string
  readonly #userData: string
  readonly #listener: RunnerListener
  readonly #running = new Set<string>()
  readonly #pending = new Map<number, Pending>()
  #process: UtilityProcess | undefined
  #request = 0
  #startedAt = 0
  #pause = 0
  #restart: NodeJS.Timeout | undefined
  #stopped = false
  #lastWords: string | undefined

  /** `file`: the built runner. `userData`: where the studio keeps its own things. */
  constructor(file: string, userData: string, listener: RunnerListener) {
    this.#file = file
    this.#userData = userData
    this.#listener = listener
  }

  /** The runs that are going on. */
  get running(): readonly string[] {
    return [...this.#running]
  }

  /** Starts the process, if it is not there. */
  open(): void {
    clearTimeout(this.#restart)
    if (this.#process || this.#stopped) return
    this.#startedAt = Date.now()
    this.#lastWords = undefined
    const child = utilityProcess.fork(this.#file, [this.#userData], {
      serviceName: 'Tailrace Runner',
      stdio: 'inherit'
    })
    child.on('message', (notice: RunnerNotice) => this.#hear(notice))
    child.on('exit', (code) => this.#lost(child, code))
    this.#process = child
  }

  /** Resolves with the run's id once it has begun and was told to the listener; rejects with a Refusal. */
  start(order: RunOrder): Promise<string> {
    this.open()
    const request = ++this.#request
    return new Promise((begun, failed) => {
      this.#pending.set(request, { order, begun, failed })
      this.#tell({ kind: 'start', request, ...order })
    })
  }

  /** Resolves once the run goes on and was told to the listener, or with what is in doubt; rejects with a Refusal. */
  resume(order: ResumeOrder): Promise<ResumeAnswer> {
    this.open()
    const request = ++this.#request
    return new Promise((resolve, failed) => {
      const begun = (run: string) => resolve({ run })
      this.#pending.set(request, { order, begun, failed, inDoubt: (doubts) => resolve({ doubts }) })
      this.#tell({ kind: 'resume', request, ...order })
    })
  }

  /** Stops carrying a run, so that another process can go on with it. */
  suspend(run: string): void {
    this.#tell({ kind: 'suspend', run })
  }

  cancel(run: string): void {
    this.#tell({ kind: 'cancel', run })
  }

  cancelThread(run: string, thread: number): void {
    this.#tell({ kind: 'cancel-thread', run, thread })
  }

  signal(run: string, signal: string, value: Value): void {
    this.#tell({ kind: 'signal', run, signal, value })
  }

  /** Ends the process for good. Runs that are still going on are interrupted. */
  close(): void {
    this.#stopped = true
    clearTimeout(this.#restart)
    this.#process?.kill()
  }

  #tell(command: RunnerCommand): void {
    this.#process?.postMessage(command)
  }

  #hear(notice: RunnerNotice): void {
    switch (notice.kind) {
      case 'started': {
        this.#running.add(notice.run)
        const pending = this.#take(notice.request)
        if (pending) this.#listener.started(notice, pending.order)
        pending?.begun(notice.run)
        return
      }
      case 'failed-to-start':
        this.#take(notice.request)?.failed(new Refusal(notice.failure.code, notice.failure.message))
        return
      case 'in-doubt':
        this.#take(notice.request)?.inDoubt?.(notice.doubts)
        return
      case 'events':
        this.#listener.events(notice.run, notice.events)
        return
      case 'finished':
        this.#running.delete(notice.run)
        if (notice.suspended) this.#listener.suspended(notice.run, notice.failure)
        else this.#listener.finished(notice.run, notice.failure)
        return
      case 'broke-down':
        this.#lastWords = notice.message
    }
  }

  #take(request: number): Pending | undefined {
    const pending = this.#pending.get(request)
    this.#pending.delete(request)
    return pending
  }

  #lost(child: UtilityProcess, code: number): void {
    if (child !== this.#process) return
    this.#process = undefined
    const interrupted = this.running
    this.#running.clear()
    for (const request of [...this.#pending.keys()])
      this.#take(request)?.failed(new Refusal('runner-down', runnerDown()))
    if (this.#stopped) return
    this.#listener.wentDown(interrupted, this.#lastWords ?? `exit code ${code}`)
    const lived = Date.now() - this.#startedAt
    this.#pause = lived > soon ? 0 : Math.min(longestPause, this.#pause * 2 || 1_000)
    this.#restart = setTimeout(() => {
      this.open()
      this.#listener.reopened()
    }, this.#pause)
  }
}
