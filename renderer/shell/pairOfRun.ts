import type { RunSummary } from '../../electron/ipc/contract.ts'
import { formatDuration } from '../ui/formatDuration.ts'
import { formatCount } from '../ui/formatCount.ts'
import type { ReplyCell, SettledCell } from '../ui/replyPair.ts'

/** Replied and settled of a run, in words, for the ReplyPair. */
export function pairOfRun(run: RunSummary): { readonly reply: ReplyCell; readonly settled: SettledCell } {
  return { reply: replyOf(run), settled: settledOf(run) }
}

/** How far the run's place is, from 0 to 1; undefined when it does not say. */
export function progressOf(run: RunSummary): number | undefined {
  const { done, total } = run.place ?? {}
  return done === undefined || !total ? undefined : done / total
}

/** '431 of 1,200', or undefined when the place does not count. */
export function countOf(run: RunSummary): string | undefined {
  const { done, total } = run.place ?? {}
  return done === undefined || total === undefined ? undefined : `${formatCount(done)} of ${formatCount(total)}`
}

function replyOf(run: RunSummary): ReplyCell {
  if (run.replied) return { state: 'given', text: `Replied ${formatDuration(run.replied.at)}` }
  if (run.settled?.state === 'failed') return { state: 'failed', text: `Failed ${formatDuration(run.settled.at)}` }
  return { state: 'none', text: run.settled || run.interrupted ? 'No reply' : 'No reply yet' }
}

function settledOf(run: RunSummary): SettledCell {
  const at = run.place ? ` at ${run.place.step}` : ''
  const { settled, replied } = run
  switch (settled?.state) {
    case 'completed': {
      const together = replied !== undefined && settled.at - replied.at < 1
      return { state: 'done', text: together ? 'Settled with the reply' : `Settled ${formatDuration(settled.at)}` }
    }
    case 'failed':
      return { state: 'failed', text: run.place ? `Failed${at}` : `Settled ${formatDuration(settled.at)}` }
    case 'background failed':
      return { state: 'failed', text: `Background failed${at}` }
    case 'cancelled':
      return { state: 'cancelled', text: `Cancelled after ${formatDuration(settled.at)}` }
    case undefined:
      break
  }
  if (run.damaged !== undefined && !settled) return { state: 'failed', text: `Damaged${at}` }
  if (run.interrupted) return { state: 'kept', text: `Interrupted${at}` }
  const count = countOf(run)
  if (replied) {
    const what = count ?? run.place?.step
    return {
      state: 'background',
      text: what === undefined ? 'In background' : `${what} in background`,
      progress: progressOf(run)
    }
  }
  const where = [run.place?.step, count].filter((part) => part !== undefined).join(' · ')
  return { state: 'running', text: where === '' ? 'Running' : where, progress: progressOf(run) }
}
