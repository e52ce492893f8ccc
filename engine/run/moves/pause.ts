import type { RunContext, Turn } from '../state/runContext.ts'
import type { Thread } from '../state/thread.ts'
import { waitFor } from '../state/waiting.ts'

/** Timers, cancellation and whatever else comes from outside get their turn after so many steps, or milliseconds. */
const [turnSteps, turnTime] = [10_000, 8]

/** After so many steps it is looked at whether it is time for that. */
const checkEvery = 500

/**
 * Lets timers, cancellation and other threads have their turn, and the journal time to write, if the run has gone on for long
 * enough: its threads together, since many may each do little. The journal tells of it where anything else may happen meanwhile, so that it happens there again.
 */
export function mayPause(run: RunContext, thread: Thread): boolean {
  const { id, steps } = thread
  const { replay, clock, turn } = run
  const alone = run.threads.size === 1
  if (replay?.mismatch) {
    run.halted = true
    return true
  }
  if (replay?.following && !replay.ends()) {
    if (!replay.pauses(id, steps)) return false
    run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  } else {
    if (turn.checkAt === 0) {
      // Its journal was followed to the end just now.
      run.turn = newTurn(run)
      return false
    }
    turn.checkAt = turn.steps + checkEvery
    const now = clock.elapsed()
    turn.since ??= now
    if (turn.steps < turnSteps && now - turn.since < turnTime) return false
    if (alone) run.pausedAlone = thread
    else run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  }
  // The step that it is before is counted when it is passed.
  thread.steps--
  waitFor(run, thread, {
    begin: async (signal) => {
      await clock.sleep(0, signal)
      // That it cannot be written any more is told to whoever relies on it.
      await run.journal.pressure?.()?.catch(() => undefined)
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

/** A turn that begins. While a journal is followed, it is seen at each step whether that tells of a pause. */
export function newTurn({ replay }: RunContext): Turn {
  return { steps: 0, checkAt: replay?.following ? 0 : checkEvery, since: undefined }
}
