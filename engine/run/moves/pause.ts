import type { RunContext, Turn } from '../state/runContext.ts'
import type { Thread } from '../state/thread.ts'
import { waitFor } from '../state/waiting.ts'

/** Timers, cancellation and whatever else comes from outside get their turn after so many steps, or milliseconds. */
const [turnSteps, turnTime] = [10_000, 8]

/** After so many steps it is looked at whether it is time for that. */
const checkEvery = 500

/**
 * Lets timers, cancellation and other threads have their turn, and the journal time to write, if the run has gone on for long
 * enough: its threads together, since many may each do little. The journal tells of it where anything else may happen
 * meanwhile, so that it happens there again.
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
    if (run.outside.length === 0 && !hasGoneOnLong(run)) return false
    if (run.threads.size === 1) run.paused = [thread]
    else run.recorder.record({ event: 'ThreadYielded', thread: id, steps })
  }
  // The step that it is before is counted when it is passed.
  thread.steps--
  waitFor(run, thread, {
    untold: true,
    begin: async (signal) => {
      await clock.sleep(0, signal)
      // That it cannot be written any more is told to whoever relies on it.
      await run.journal.pressure?.()?.catch(() => undefined)
    },
    told: () => undefined,
    then: () => undefined
  })
  return true
}

/** Whether the run has used up its turn; if not, it is looked at again after a while. */
function hasGoneOnLong({ clock, turn }: RunContext): boolean {
  const { steps } = turn
  turn.checkAt = (Math.floor(steps / checkEvery) + 1) * checkEvery
  if (steps < checkEvery) return false
  const now = clock.elapsed()
  turn.since ??= now
  return steps >= turnSteps || now - turn.since >= turnTime
}

/**
 * Something happens, by another thread or from outside: the journal tells that threads pause which would not be told of
 * otherwise. `but`: the one that has its turn now, and so pauses no more.
 */
export function tellPauses(run: RunContext, but?: Thread): void {
  const { paused } = run
  if (paused.length === 0) return
  run.paused = []
  for (const thread of paused) {
    if (thread === but) continue
    thread.yielded = true
    run.recorder.record({ event: 'ThreadYielded', thread: thread.id, steps: thread.steps + 1 })
  }
}

/** Does what somebody outside wants: between the moves of threads, where a resume can do it again. */
export function fromOutside(run: RunContext, act: () => void): void {
  if (run.halted) return
  run.outside = [...run.outside, act]
  if (run.draining) lookAgain(run)
  else run.drain(run)
}

/** Every thread returns from the loop over plain steps before its next step. */
export function lookAgain({ turn }: RunContext): void {
  turn.checkAt = 0
}

/**
 * A turn that begins. While a journal is followed, it is seen at each step whether that tells of a pause; while somebody
 * outside wants something, whether that is to be done.
 */
export function newTurn({ replay, outside }: RunContext): Turn {
  return { steps: 0, checkAt: replay?.following || outside.length > 0 ? 0 : checkEvery, since: undefined }
}
