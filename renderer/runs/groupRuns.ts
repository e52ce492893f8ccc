import type { RunSummary } from '../../electron/ipc/contract.ts'

/** A part of the list of runs. */
export interface RunGroup {
  readonly id: 'background' | 'running' | 'needs-you' | 'elsewhere' | 'earlier'
  readonly title: string
  readonly about?: string
  readonly runs: readonly RunSummary[]
}

/** The runs in the order in which people need them, each group in the order given; empty groups are left out. */
export function groupRuns(runs: readonly RunSummary[]): RunGroup[] {
  const kindOf = (run: RunSummary): RunGroup['id'] => {
    if (run.interrupted && !run.settled) return run.foreign ? 'elsewhere' : 'needs-you'
    if (!run.settled) return run.replied ? 'background' : 'running'
    return 'earlier'
  }
  const groups: readonly Omit<RunGroup, 'runs'>[] = [
    { id: 'background', title: 'In the background', about: 'replied, not yet settled' },
    { id: 'running', title: 'Running', about: 'no reply yet' },
    { id: 'needs-you', title: 'Needs you' },
    { id: 'elsewhere', title: 'Interrupted elsewhere', about: 'not started by this installation' },
    { id: 'earlier', title: 'Settled' }
  ]
  return groups
    .map((group) => ({ ...group, runs: runs.filter((run) => kindOf(run) === group.id) }))
    .filter((group) => group.runs.length > 0)
}
