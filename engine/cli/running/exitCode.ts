import type { Settled } from '../../index.ts'

/** Exit statuses of the command: other people's scripts depend on them. */
export const exitCodes = {
  fine: 0,
  failed: 1,
  wrongUsage: 2,
  backgroundFailed: 3,
  /** Ended at once by Ctrl+C. */
  interrupted: 130,
  /** Ended by SIGTERM; the run can be resumed. */
  terminated: 143
} as const

/** The exit status of a run. What happens behind a reply never counts as a failure of the flow itself. */
export function exitCodeOf(replied: boolean, settled: Settled): number {
  if (!replied) return exitCodes.failed
  return settled.state === 'completed' && settled.error === undefined ? exitCodes.fine : exitCodes.backgroundFailed
}
