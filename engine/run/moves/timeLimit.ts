import { runMessages } from '../../messages/run.ts'
import { StepFailure } from '../../model/index.ts'
import type { RunContext } from '../state/runContext.ts'
import { type Frame, type Thread, placeOf } from '../state/thread.ts'
import type { Visit } from '../state/visit.ts'
import { enqueue, giveUpWait } from '../state/waiting.ts'
import { abandonFork } from './forks.ts'
import { popTo } from './frames.ts'
import { fromOutside } from './pause.ts'
import { cancelThread, findFrame, leaveCalls, whenLive } from './threads.ts'

/** Fails the visit when this attempt takes longer than `seconds`: what it has entered or forked is stopped. */
export function limitTime(run: RunContext, frame: Frame, visit: Visit, seconds: number): void {
  const { clock, recorder } = run
  visit.isLimited = true
  const late = (): void => {
    fromOutside(run, () => {
      const found = visit.isCurrent && findFrame(run, frame.id)
      if (!found) return
      recorder.record({ event: 'StepTimedOut', ...placeOf(found.thread, frame) })
      timeOut(run, found.thread, frame)
    })
  }
  const due = recorder.at + (visit.startedAt - recorder.now) + seconds * 1000
  // The time during which nobody carried the run does not count.
  whenLive(run, () => {
    if (visit.isCurrent)
      clock.sleep(Math.max(0, due + visit.pausedFor - recorder.at), visit.signal).then(late, () => undefined)
  })
}

/** The time of the visit that `frame` is in is over: its thread comes back to it, and it fails at the thread's next turn. */
export function timeOut(run: RunContext, thread: Thread, frame: Frame): void {
  const { visit, at } = frame
  if (!visit) return
  const calls = thread.frames
    .slice(thread.frames.indexOf(frame) + 1)
    .flatMap((one) => (one.kind === 'flow' ? [one.call] : []))
  giveUpWait(run, thread)
  popTo(run, thread, frame)
  abandonFork(run, thread)
  leaveCalls(run, thread, calls)
  // Branches that a Join in it has not waited for.
  for (const other of run.threads.all())
    if (other.branch?.fork.call === frame.call && isInside(other, visit)) cancelThread(run, other)
  visit.timeOut()
  thread.state = 'ready'
  thread.resume = () => {
    throw new StepFailure('step-timeout', runMessages.timedOut(at.step.name, at.step.timeout ?? 0))
  }
  enqueue(run, thread)
}

/** Whether a branch has come, directly or not, of this visit of its own flow call. */
function isInside({ frames: [outermost] }: Thread, { path }: Visit): boolean {
  return outermost?.enteredBy?.path.startsWith(`${path}/`) === true
}
