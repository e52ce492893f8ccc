import { runMessages } from '../../messages/run.ts'
import type { FrameResult } from '../../model/index.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import type { RunContext } from '../state/runContext.ts'
import { type CallEnding, type CallReply, type Thread, placeOf, topOf } from '../state/thread.ts'
import { bodyResult, popBodies, popFrame, popTo } from './frames.ts'
import { endThread, reply } from './threads.ts'

/**
 * An End Step was reached: takes off all frames of this flow call and gives the reply to whoever called it. In a branch,
 * only the branch ends; the call follows with its last branch.
 */
export function endCall(run: RunContext, thread: Thread, given: CallReply): void {
  popBodies(run, thread)
  const { call, kind, visit } = topOf(thread)
  visit?.leave()
  if (kind === 'body' && thread.branch) {
    call.early ??= given
    thread.branch.fork.early ??= given
    popFrame(run, thread)
    endThread(run, thread, 'completed', { result: given })
  } else endWithLastBranch(run, thread, { call, reply: given, moved: undefined })
}

/** Ends the call now, or once no branch of it is left. */
export function endWithLastBranch(run: RunContext, thread: Thread, ending: CallEnding): void {
  if (ending.call.branches === 0) {
    finishCall(run, thread, ending)
    return
  }
  thread.state = 'ending'
  thread.ending = ending
  ending.call.ending = thread
}

/** No branch of the call is left: its caller gets the reply. */
export function finishCall(run: RunContext, thread: Thread, { call, reply: given, moved }: CallEnding): void {
  const first = call.early ?? given
  if (moved === undefined) popFrame(run, thread, first)
  else if (thread.frames.length > 0)
    run.recorder.record({ event: 'FrameReplied', thread: thread.id, frame: moved, ...first })
  if (thread.kind === 'main' && thread.frames.length === 0 && !call.inBackground) reply(run, thread, first)
  else returned(run, thread, { outcome: first.outcome, outputs: first.outputs })
}

/** The frame that the step now on top had entered is gone: tells the step, or ends the thread. */
export function returned(run: RunContext, thread: Thread, result: FrameResult, keep = false): void {
  const below = thread.frames.at(-1)
  if (!below) endThread(run, thread, 'completed', { result })
  else if (below.visit) {
    below.visit.result = result
    if (keep) below.visit.keep(result)
    if (below.at.definition?.freshInputs) below.visit.stale = true
  }
}

/** A branch comes to the Join where the others meet it; one that has gone to the background is not waited for. */
export function reachJoin(run: RunContext, thread: Thread, join: CompiledStep, outcome: string): boolean {
  const { call } = topOf(thread)
  const branch = thread.frames.findLast((frame) => frame.call === call && frame.join === join)
  if (!branch) return false
  const result = bodyResult(topOf(thread), outcome)
  popTo(run, thread, branch)
  if (thread.branch && thread.frames.length === 1) {
    popFrame(run, thread)
    arrive(run, thread, result)
  } else {
    const message = runMessages.joinMissed(join.step.name)
    run.recorder.record({ event: 'Logged', ...placeOf(thread, branch), level: 'info', message })
    endThread(run, thread, 'completed')
  }
  return true
}

/** A branch has come to the Join it leads to. */
export function arrive(run: RunContext, thread: Thread, result: FrameResult): void {
  thread.branch?.fork.arrived.push(result)
  endThread(run, thread, 'completed', { result })
}
