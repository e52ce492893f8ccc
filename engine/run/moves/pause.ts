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
  if (replay?.mismatch) {
    run.halted = true
    return true
  }
  if (replay?.following && !replay.ends()) {
    if (!replay.pauses(id, steps)) return false
    run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  } else {
    if (run.outside.length === 0 && !hasGoneOnLong(run, thread)) return false
    if (run.threads.size === 1) run.paused = [thread]
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
    then: () => undefined
  })
  return true
}

/** Whether the thread has used up its turn; if not, it is looked at again after a while. */
function hasGoneOnLong({ clock }: RunContext, thread: Thread): boolean {
  const steps = thread.steps - thread.turnFrom
  thread.checkAt = thread.turnFrom + (Math.floor(steps / checkEvery) + 1) * checkEvery
  if (steps < checkEvery) return false
  const now = clock.elapsed()
  thread.turnSince ??= now
  return steps >= turnSteps || now - thread.turnSince >= turnTime
}

/**
 * Something happens, by another thread or from outside: the journal tells that threads pause which would not be told of
 * otherwise. `but`: the one that has its turn now, and so pauses no more.
 */
export function tellPauses(run: RunContext, but?: Thread): void {
  const { paused } = run
  if (paused.length === 0) return
  run.paused = []
  for (const thread of paused)
    if (thread !== but) run.recorder.record({ event: 'ThreadYielded', thread: thread.id, steps: thread.steps + 1 })
}

/** Does what somebody outside wants: between the moves of threads, where a resume can do it again. */
export function fromOutside(run: RunContext, act: () => void): void {
  if (run.halted) return
  run.outside.push(act)
  if (run.draining) lookAgain(run)
  else run.drain()
}

/** Every thread returns from the loop over plain steps before its next step. */
export function lookAgain(run: RunContext): void {
  for (const thread of run.threads.values()) thread.checkAt = 0
}

/** A thread that has waited begins another turn. */
export function newTurn(run: RunContext, thread: Thread): void {
  thread.checkAt = run.replay?.following || run.outside.length > 0 ? 0 : thread.steps + checkEvery
  thread.turnFrom = thread.steps
  thread.turnSince = undefined
}
