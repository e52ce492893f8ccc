import { CancelSource, type Failure } from '../../model/index.ts'
import { EffectsUnderWay } from '../state/effects.ts'
import { journalFailure } from '../state/failureOf.ts'
import type { RunContext } from '../state/runContext.ts'

/** How long effects that are under way may take before the run is suspended in the midst of them, in milliseconds. */
const suspendGrace = 4000

/**
 * Stops carrying the run where it is, so that it can be gone on with from its journal. `because`: what forces that, which a
 * caller without a reply is told. Resolves when the journal is closed. Never rejects.
 */
export function suspendRun(run: RunContext, because?: Failure): Promise<void> {
  return (run.suspended ??= suspend(run, because))
}

/** Whether the journal keeps what has happened so far, once it does. False: it could not be written, and the run is suspended. */
export async function isKept(run: RunContext): Promise<boolean> {
  try {
    await run.journal.durable?.()
    return true
  } catch (problem) {
    void suspendRun(run, journalFailure(problem))
    return false
  }
}

/** The effects of the run. */
export function effectsOf(run: RunContext): EffectsUnderWay {
  return (run.effects ??= new EffectsUnderWay(() => isKept(run)))
}

async function suspend(run: RunContext, because: Failure | undefined): Promise<void> {
  if (run.threads.size === 0) return
  const enough = new CancelSource()
  await Promise.race([effectsOf(run).close(), run.clock.sleep(suspendGrace, enough).catch(() => undefined)])
  enough.cancel()
  // It may have settled meanwhile.
  if (!run.halted) await letGo(run, because)
}

/** Lets go of the run at once. `because`, and the promise: as of `suspendRun`. */
export async function letGo(run: RunContext, because: Failure | undefined): Promise<void> {
  abandon(run)
  const error = await closed(run).then(
    () => because,
    (problem: unknown) => because ?? journalFailure(problem)
  )
  if (error) run.reply.give({ kind: 'failed', error })
  run.settled.give({ state: 'suspended', ...(error && { error }) })
}

/** Rejects, too, when the journal throws at once. */
async function closed({ journal }: RunContext): Promise<void> {
  await journal.close()
}

/** Nothing of the run moves any more, nor is recorded: what it was in the midst of is told to let go. */
function abandon(run: RunContext): void {
  run.halted = true
  run.recorder.stop()
  for (const thread of run.threads.all()) {
    thread.state = 'ended'
    thread.cancelled = true
    thread.wait?.stop()
    thread.ended?.cancel()
    for (const { visit } of thread.frames) visit?.leave()
  }
}
