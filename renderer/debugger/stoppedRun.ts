import type { Run } from '../../engine/index.ts'

/** A run whose engine went down under it: what was running when its journal broke off runs no more. */
export function stoppedRun(run: Run): Run {
  if (run.settled) return run
  const { at } = run
  return {
    ...run,
    threads: run.threads.map((thread) =>
      thread.end === undefined ? { ...thread, end: 'cancelled', endedAt: at } : thread
    ),
    visits: run.visits.map((visit) =>
      visit.state === 'running' ? { ...visit, state: 'cancelled', endedAt: at } : visit
    )
  }
}
