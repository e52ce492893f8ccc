import type { FrameId, ThreadId } from '../journal/event.ts'
import type { StepId, ThreadControl } from '../../model/index.ts'
import type { RunContext } from '../state/runContext.ts'
import { Signals } from '../state/signals.ts'
import type { Awaited, Visit } from '../state/visit.ts'
import { tellPause } from './pause.ts'
import { cancelThreads, whenEnded } from './threads.ts'

type Place = () => { readonly thread: ThreadId; readonly frame: FrameId; readonly step: StepId }

/** What a visit may know of and do to the other threads of its run. */
export function threadControl(run: RunContext, visit: Visit, place: Place): ThreadControl {
  const { recorder } = run
  return {
    ended: (thread) => waitInside(run, visit, { kind: 'thread', thread }, whenEnded(run, thread, visit.signal)),
    cancel: (thread) => {
      requestCancel(run, thread)
    },
    send: (name, value) => {
      // A visit that was cut off after it had sent it does not send it twice.
      if (visit.record?.signalsSent.delete(name)) return
      recorder.record({ event: 'SignalSent', ...place(), signal: name, value })
      signalsOf(run).send(name, value)
    },
    receive: async (name) => {
      const received = signalsOf(run).receive(name, visit.signal, (taken) => {
        recorder.record({ event: 'SignalTaken', ...place(), signal: name })
        visit.take({ signal: name, value: taken })
        stopWaiting(run, visit)
      })
      if (!(received instanceof Promise)) return received
      return waitInside(run, visit, { kind: 'signal', signal: name }, received)
    }
  }
}

/** The signals of the run. */
export function signalsOf(run: RunContext): Signals {
  return (run.signals ??= new Signals())
}

/** Somebody wants a thread to stop, or all of them. What a step had done stays done. */
export function requestCancel(run: RunContext, thread?: number): void {
  if (run.threads.size === 0) return
  tellPause(run)
  run.recorder.record({ event: 'CancelRequested', ...(thread !== undefined && { target: thread }) })
  cancelThreads(run, thread)
}

/** A visit waits for something inside its run, until `what` has come: see stall. */
async function waitInside<T>(run: RunContext, visit: Visit, awaits: Awaited, what: Promise<T>): Promise<T> {
  visit.awaits = awaits
  run.innerWaits++
  try {
    run.drain()
    return await what
  } finally {
    stopWaiting(run, visit)
  }
}

function stopWaiting(run: RunContext, visit: Visit): void {
  if (!visit.awaits) return
  visit.awaits = undefined
  run.innerWaits--
}
