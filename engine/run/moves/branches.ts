import { bringBack } from '../compile/stepOutputs.ts'
import type { Failure, FrameResult, StepId } from '../../model/index.ts'
import type { ThreadEnd } from '../journal/event.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Thread, topOf } from '../state/thread.ts'
import { enqueue } from '../state/waiting.ts'

/** A branch has ended: takes note of how, and lets whoever waits for it look. */
export function branchEnded(
  run: RunContext,
  { branch }: Thread,
  end: ThreadEnd,
  { result, error, from }: { readonly result?: FrameResult; readonly error?: Failure; readonly from?: StepId }
): void {
  if (!branch) return
  const { fork, index } = branch
  fork.running--
  fork.call.branches--
  if (end === 'detached') {
    fork.gone++
    fork.needed = Math.min(fork.needed, fork.branches.length - fork.gone)
  }
  if (end === 'detached' || end === 'cancelled') fork.results[index] = undefined
  else if (error) fork.results[index] = { outcome: '', outputs: {}, error }
  else if (result) {
    fork.results[index] = result
    if (fork.cancelRest && !fork.meets && !fork.early) fork.arrived.push(result)
  }
  if (error && !fork.error) {
    fork.error = error
    fork.from = from
  }
  const isWaitedFor = fork.thread.fork === fork
  const data = fork.data[index]
  if (end === 'completed' && isWaitedFor && data) bringBack(topOf(fork.thread).data, data, fork.before)
  const { ending } = fork.call
  if (ending && fork.call.branches === 0) enqueue(run, ending)
  if (isWaitedFor) enqueue(run, fork.thread)
}
