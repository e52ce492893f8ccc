import { type CancelSignal, CancelSource } from '../../model/index.ts'
import type { RunContext } from './runContext.ts'
import type { Thread } from './thread.ts'

/** Puts a thread that may go on into the queue of the run, once. */
export function enqueue(run: RunContext, thread: Thread): void {
  if (thread.queued || thread.state === 'ended') return
  thread.queued = true
  run.ready.push(thread)
}

/** What a thread waits for, and what it does then. */
export interface Waiting<T> {
  /**
   * Begins what is waited for. Not called while a journal is followed that tells what came of it. The signal is given when
   * the wait is given up, or its thread is stopped.
   */
  readonly begin: (signal: CancelSignal) => Promise<T>
  /** First thing at the thread's next turn. What it throws is the failure of the step on top. */
  readonly then: (value: T) => void
  /** While a journal is followed: what that tells came of it. Throws what it tells as a failure. */
  readonly told: () => T
}

/**
 * The one way in which a thread waits for something outside: it goes on, when its turn comes, with what came of it. A wait
 * that was given up, because the thread was moved meanwhile, has no consequences.
 */
export function waitFor<T>(run: RunContext, thread: Thread, { begin, then, told }: Waiting<T>): void {
  const goOn = (resume: () => void): void => {
    if (thread.wait !== wait) return
    const { schedule } = run
    const ready = (): void => {
      if (thread.wait !== wait) return
      wake(run, thread, resume)
      run.drain()
    }
    if (schedule) schedule.ready(thread.id, ready)
    else ready()
  }
  const given = new CancelSource()
  const wait = {
    begin: () => {
      begin(given).then(
        (value) => {
          goOn(() => {
            then(value)
          })
        },
        (error: unknown) => {
          goOn(() => {
            throw error
          })
        }
      )
    },
    follow: () => {
      wake(run, thread, () => {
        then(told())
      })
    },
    stop: () => {
      given.cancel()
    }
  }
  // It was stopped before it came to this.
  if (thread.state === 'ended') return
  thread.state = 'waiting'
  thread.wait = wait
  if (run.replay?.following) run.replay.park(thread)
  else wait.begin()
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
