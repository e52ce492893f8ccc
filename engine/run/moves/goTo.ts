import { runMessages } from '../../messages/run.ts'
import { outcomeCatchOf } from '../compile/flowParts.ts'
import { nextOf } from '../compile/compiledFlow.ts'
import { FrameFailed } from '../state/failureOf.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Frame, type Thread, placeOf } from '../state/thread.ts'
import { reachJoin, returned } from './calls.ts'
import { bodyResult, popFrame } from './frames.ts'
import { endThread } from './threads.ts'

/**
 * Goes on along an outcome. A body ends where nothing is connected, or where the way leads back to its step. Throws
 * FrameFailed where a call that is waited for cannot go on.
 */
export function goTo(run: RunContext, thread: Thread, frame: Frame, outcome: string): void {
  const { at } = frame
  const target = nextOf(at, outcome) ?? (frame.kind === 'flow' ? outcomeCatchOf(frame.call.flow, outcome) : undefined)
  if (target?.definition?.role === 'join' && reachJoin(run, thread, target, outcome)) return
  if (frame.kind === 'body' && (!target || target === frame.owner)) {
    popFrame(run, thread)
    if (thread.kind === 'background' && thread.frames.length === 0) endThread(run, thread, 'completed')
    else returned(run, thread, bodyResult(frame, outcome), frame.keep)
  } else if (target) frame.at = target
  else if (frame.call.inBackground) {
    const message = runMessages.endedAtOutcome(outcome, at.step.name)
    run.recorder.record({ event: 'Logged', ...placeOf(thread, frame), level: 'warning', message })
    endThread(run, thread, 'completed')
  } else {
    const { id, name } = at.step
    const message = runMessages.outcomeNotConnected(outcome, name)
    throw new FrameFailed({ code: 'outcome-not-connected', message, step: id }, id)
  }
}
