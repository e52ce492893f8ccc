import type { Replay } from '../replay/replay.ts'
import type { RunContext } from '../state/runContext.ts'
import type { Frame, Thread } from '../state/thread.ts'
import type { Visit } from '../state/visit.ts'
import { enqueue, giveUpWait, waitFor } from '../state/waiting.ts'

// What happens in a run that has failed and was retried, while its journal is followed.

const nothing = (): void => undefined

/**
 * The thread stays where it is until the run is retried, or the journal tells of its next move. Then it does `then`, when its
 * turn comes; `retried` is done at the moment of the retry.
 */
export function hold(run: RunContext, thread: Thread, then = nothing, retried = nothing): void {
  const { state } = thread
  waitFor(run, thread, {
    begin: () => Promise.resolve(undefined),
    told: () => undefined,
    then: () => {
      thread.state = state
      then()
    }
  })
  const { wait } = thread
  if (wait) run.replay?.held.push({ thread, wait, retried })
}

/** The step on top has failed, which was taken back: it is attempted again once the run is retried. */
export function holdFailed(run: RunContext, thread: Thread, frame: Frame, visit: Visit | undefined): void {
  hold(run, thread, nothing, () => {
    if (visit) frame.visit = visit.attemptAgain(run.recorder.now)
  })
}

/** A step that is complete but for items that failed is attempted again. */
export function attemptAgain(run: RunContext, thread: Thread, frame: Frame, visit: Visit): void {
  giveUpWait(run, thread)
  frame.visit = visit.attemptAgain(run.recorder.now)
  thread.state = 'ready'
  enqueue(run, thread)
}

/** Lets the threads go on that are held: the one that was held last goes first. */
export function letHeldGo(run: RunContext, replay: Replay): void {
  for (const { thread, wait, retried } of replay.held.splice(0)) {
    if (thread.wait !== wait) continue
    retried()
    replay.unpark(thread)
    wait.follow()
  }
}
