import type { Run } from '../../engine/index.ts'
import { interruption } from '../timeline/interruption.ts'

/** A run whose process ended under it: what was running when its journal broke off stands still, as interrupted. */
export function interruptedRun(run: Run): Run {
  if (run.settled) return run
  const { at } = run
  return {
    ...run,
    threads: run.threads.map((thread) =>
      thread.end === undefined ? { ...thread, end: 'cancelled', endedAt: at, error: interruption } : thread
    ),
    visits: run.visits.map((visit) =>
      visit.state === 'running' ? { ...visit, state: 'cancelled', endedAt: at, error: interruption } : visit
    )
  }
}
