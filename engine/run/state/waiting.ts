import { type CancelSignal, CancelSource } from '../../model/index.ts'
import type { RunContext } from './runContext.ts'
import type { Thread, Wait } from './thread.ts'

/** Puts a thread that may go on into the queue of the run, once. */
export function enqueue(run: RunContext, thread: Thread): void {
  if (thread.queued || thread.state === 'ended') return
  thread.queued = true
  thread.queuedBefore = run.ready
  run.ready = thread
}

/** What a thread waits for, and what it does then. */
export interface Waiting<T> {
  /**
   * Begins what is waited for. Not called while a journal is followed that tells what came of it. The signal is given when
   * the wait is given up, or its thread is stopped.
   */
  readonly begin: (signal: CancelSignal) => Promise<T>
  /** Whether what it does then may begin with steps that are not recorded: that it goes on is an event of its own. */
  readonly untold?: boolean
  /** First thing at the thread's next turn. What it throws is the failure of the step on top. */
  readonly then: (value: T) => void
  /** While a journal is followed: what that tells came of it. Throws what it tells as a failure. */
  readonly told: () => T
}

/**
 * The one way in which a thread waits for something outside: it goes on, when its turn comes, with what came of it. A wait
 * that was given up, because the thread was moved meanwhile, has no consequences.
 */
export function waitFor<T>(run: RunContext, thread: Thread, waiting: Waiting<T>): void {
  // It was stopped before it came to this.
  if (thread.state === 'ended') return
  const wait = new ThreadWait(run, thread, waiting)
  thread.state = 'waiting'
  thread.wait = wait
  if (run.replay?.following) run.replay.park(thread)
  else wait.begin()
}

/** It is the signal itself that is given when it is given up. */
class ThreadWait<T> extends CancelSource implements Wait {
  readonly #run: RunContext
  readonly #thread: Thread
  readonly #waiting: Waiting<T>

  constructor(run: RunContext, thread: Thread, waiting: Waiting<T>) {
    super()
    this.#run = run
    this.#thread = thread
    this.#waiting = waiting
  }

  begin(): void {
    this.#waiting.begin(this).then(
      (value) => {
        this.#goOn(() => {
          if (this.#waiting.untold) tellGoingOn(this.#run, this.#thread)
          this.#waiting.then(value)
        })
      },
      (error: unknown) => {
        this.#goOn(() => {
          throw error
        })
      }
    )
  }

  follow(): void {
    wake(this.#run, this.#thread, () => {
      this.#waiting.then(this.#waiting.told())
    })
  }

  stop(): void {
    this.cancel()
  }

  #goOn(resume: () => void): void {
    const { schedule } = this.#run
    if (!schedule || this.#isOver) this.#ready(resume)
    else
      schedule.ready(this.#thread.id, () => {
        this.#ready(resume)
      })
  }

  #ready(resume: () => void): void {
    if (this.#isOver) return
    const run = this.#run
    wake(run, this.#thread, resume)
    run.drain(run)
  }

  /** Whether the thread does not wait for this any more. */
  get #isOver(): boolean {
    return this.#thread.wait !== this
  }
}

/** Where the step that comes next may not be recorded, the journal tells when the thread went on beside others. */
export function tellGoingOn({ recorder, threads }: RunContext, thread: Thread): void {
  if (!recorder.full && threads.size > 1) recorder.record({ event: 'ThreadWentOn', thread: thread.id })
}

/** Puts a waiting thread into the queue; `resume` is what it does first. */
function wake(run: RunContext, thread: Thread, resume: () => void): void {
  thread.wait = undefined
  thread.state = 'ready'
  thread.resume = resume
  enqueue(run, thread)
}

/** Gives up what the thread waits for outside: it is ready for whatever it is moved to. */
export function giveUpWait(run: RunContext, thread: Thread): void {
  const { wait } = thread
  thread.wait = undefined
  wait?.stop()
  thread.resume = undefined
  run.replay?.unpark(thread)
}
