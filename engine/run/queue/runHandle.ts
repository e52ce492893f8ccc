import type { Failure, Value } from '../../model/index.ts'
import { suspendRun } from '../moves/suspend.ts'
import { signalsOf } from '../moves/threadControl.ts'
import { cancelThreads } from '../moves/threads.ts'
import { fromOutside, lookAgain } from '../moves/pause.ts'
import type { Debugger } from '../state/debugger.ts'
import type { RunReply, Settled } from '../state/outcome.ts'
import type { RunContext } from '../state/runContext.ts'

/** A run that has been started. */
export interface RunHandle {
  readonly id: string
  /** When the caller gets control back. Not the same as settled. Never rejects. */
  readonly reply: Promise<RunReply>
  /** When nothing of the run is running any more and its journal is closed. Never rejects. */
  readonly settled: Promise<Settled>
  /** Stops one thread, or the whole run with all its background threads. */
  cancel(thread?: number): void
  /** Gives a signal: to the step that waits for it, or to the next one that does. Nothing happens once settled. */
  signal(name: string, value: Value): void
  /**
   * Stops carrying the run, so that another process can go on from its journal: effects under way end, nothing more begins.
   * Resolves once the journal is closed; `settled` then says `suspended`, with the error when the journal could not be
   * written to its end. `because`: what forces it; a caller who has no reply yet is told so. Never rejects. Nothing happens
   * once settled.
   */
  suspend(because?: Failure): Promise<void>
  /** Lets a debugger look at every step before it begins, from the next one on. Answers what lets it go again. */
  attach(attached: Debugger): () => void
}

/** What somebody outside may know of and do to a run. */
export class CarriedRun implements RunHandle {
  readonly #run: RunContext

  constructor(run: RunContext) {
    this.#run = run
  }

  get id(): string {
    return this.#run.id
  }

  get reply(): Promise<RunReply> {
    return this.#run.reply.promise
  }

  get settled(): Promise<Settled> {
    return this.#run.settled.promise
  }

  cancel(thread?: number): void {
    const run = this.#run
    fromOutside(run, () => {
      if (run.threads.size === 0) return
      run.recorder.record({ event: 'CancelRequested', ...(thread !== undefined && { target: thread }) })
      cancelThreads(run, thread)
    })
  }

  signal(name: string, value: Value): void {
    const run = this.#run
    fromOutside(run, () => {
      if (run.threads.size === 0) return
      run.recorder.record({ event: 'SignalReceived', signal: name, value })
      signalsOf(run).send(name, value)
    })
  }

  suspend(because?: Failure): Promise<void> {
    return suspendRun(this.#run, because)
  }

  attach(attached: Debugger): () => void {
    const run = this.#run
    run.debugger = attached
    lookAgain(run)
    return () => {
      if (run.debugger === attached) run.debugger = undefined
    }
  }
}
