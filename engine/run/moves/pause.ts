import type { RunContext } from '../state/runContext.ts'
import type { Thread } from '../state/thread.ts'
import { waitFor } from '../state/waiting.ts'

/** Timers, cancellation and other threads get their turn when a thread has gone on for so many steps, or milliseconds. */
const [turnSteps, turnTime] = [10_000, 8]

/** After so many steps it is seen whether a thread should let others have their turn. */
const checkEvery = 500

/**
 * Lets timers, cancellation and other threads have their turn, and the journal time to write, if this thread has gone on for
 * long enough. The journal tells of it where anything else may happen meanwhile, so that it happens there again.
 */
export function mayPause(run: RunContext, thread: Thread): boolean {
  const { id, steps } = thread
  const { replay, clock } = run
  const alone = run.threads.size === 1
  if (replay?.mismatch) {
    run.halted = true
    return true
  }
  if (replay?.following && !replay.ends()) {
    if (!replay.pauses(id, steps)) return false
    run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  } else {
    const isFirst = thread.checkAt === 0
    thread.checkAt = steps + checkEvery
    if (isFirst) return false
    const now = clock.elapsed()
    thread.turnSince ??= now
    if (steps - thread.turnFrom < turnSteps && now - thread.turnSince < turnTime) return false
    if (alone) run.pausedAlone = thread
    else run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  }
  // The step that it is before is counted when it is passed.
  thread.steps--
  waitFor(run, thread, {
    begin: async (signal) => {
      await clock.sleep(0, signal)
      await run.journal.pressure?.()
    },
    told: () => undefined,
    then: () => {
      run.pausedAlone = undefined
    }
  })
  return true
}

/** Something comes from outside: the journal tells that a thread pauses which would not be told of otherwise. */
export function tellPause(run: RunContext): void {
  const { pausedAlone: thread } = run
  if (!thread) return
  run.pausedAlone = undefined
  run.recorder.record({ event: 'ThreadYielded', thread: thread.id, steps: thread.steps + 1 })
}

/** A thread that has waited begins another turn. */
export function newTurn(run: RunContext, thread: Thread): void {
  thread.checkAt = run.replay?.following ? 0 : thread.steps + checkEvery
  thread.turnFrom = thread.steps
  thread.turnSince = undefined
}
