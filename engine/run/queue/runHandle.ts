import { CancelSource, type Value } from '../../model/index.ts'
import { signalsOf } from '../moves/threadControl.ts'
import { abandon, cancelThreads } from '../moves/threads.ts'
import { fromOutside, lookAgain } from '../moves/pause.ts'
import type { Debugger } from '../state/debugger.ts'
import { EffectsUnderWay } from '../state/effects.ts'
import { journalFailure } from '../state/failureOf.ts'
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
   * written to its end. Never rejects. Nothing happens once settled.
   */
  suspend(): Promise<void>
  /** Lets a debugger look at every step before it begins, from the next one on. Answers what lets it go again. */
  attach(attached: Debugger): () => void
}

/** How long effects that are under way may take before the run is suspended in the midst of them, in milliseconds. */
const suspendGrace = 4000

/** What somebody outside may know of and do to a run. */
export class CarriedRun implements RunHandle {
  readonly #run: RunContext
  #suspended: Promise<void> | undefined

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

  suspend(): Promise<void> {
    return (this.#suspended ??= suspend(this.#run))
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

async function suspend(run: RunContext): Promise<void> {
  if (run.threads.size === 0) return
  const enough = new CancelSource()
  run.effects ??= new EffectsUnderWay(run.journal)
  await Promise.race([run.effects.close(), run.clock.sleep(suspendGrace, enough).catch(() => undefined)])
  enough.cancel()
  // It may have settled meanwhile.
  if (run.halted) return
  abandon(run)
  const error = await Promise.resolve(run.journal.close()).then(
    () => undefined,
    (problem: unknown) => journalFailure(problem)
  )
  run.settled.give({ state: 'suspended', ...(error && { error }) })
}
