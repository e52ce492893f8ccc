import type { Run } from '../../engine/index.ts'
import { progressText, stepNameOf } from '../timeline/lanes.ts'
import { formatDuration } from '../ui/formatDuration.ts'
import type { ReplyCell, SettledCell } from '../ui/replyPair.ts'

/** Replied and settled of a run, in words, for the toolbar. `interrupted`: the engine's process went down under it. */
export function pairOfMoment(run: Run, interrupted: boolean): { reply: ReplyCell; settled: SettledCell } {
  return { reply: replyOf(run, interrupted), settled: settledOf(run, interrupted) }
}

function replyOf({ reply, settled }: Run, interrupted: boolean): ReplyCell {
  if (reply) return { state: 'given', text: `Replied ${formatDuration(reply.at)}` }
  if (settled?.state === 'failed') return { state: 'failed', text: `Failed ${formatDuration(settled.at)}` }
  return { state: 'none', text: settled || interrupted ? 'No reply' : 'No reply yet' }
}

function settledOf(run: Run, interrupted: boolean): SettledCell {
  const { settled, reply } = run
  if (settled) {
    const after = formatDuration(settled.at)
    if (settled.state === 'cancelled') return { state: 'cancelled', text: `Stopped after ${after}` }
    const failed = run.visits.findLast((visit) => visit.state === 'failed')
    const where = failed ? ` at ${stepNameOf(run, failed.frame, failed.step)}` : ''
    if (settled.state === 'background failed') return { state: 'failed', text: `Background failed${where}` }
    if (settled.state === 'failed') return { state: 'failed', text: `Settled ${after}` }
    const together = reply && settled.at - reply.at < 1
    return { state: 'done', text: together ? 'Settled with the reply' : `Settled ${after}` }
  }
  if (interrupted) return { state: 'kept', text: 'Interrupted' }
  const visit = run.visits.findLast((each) => each.state === 'running')
  const step = visit && stepNameOf(run, visit.frame, visit.step)
  const what = progressText(visit) || step
  const { done, total } = visit?.progress ?? { done: 0, total: 0 }
  return {
    state: reply ? 'background' : 'running',
    text: [reply ? 'Not settled' : 'Running', what].filter(Boolean).join(' · '),
    ...(total > 0 && { progress: done / total })
  }
}
