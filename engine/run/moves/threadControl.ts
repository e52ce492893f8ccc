import type { FrameId, ThreadId } from '../journal/event.ts'
import {
  CancelSource,
  Cancelled,
  type CancelSignal,
  type ReceivedSignal,
  type StepId,
  type ThreadControl
} from '../../model/index.ts'
import type { RunContext } from '../state/runContext.ts'
import { Signals } from '../state/signals.ts'
import type { Awaited, Visit } from '../state/visit.ts'
import { tellPauses } from './pause.ts'
import { cancelThreads, whenEnded } from './threads.ts'

type Place = () => { readonly thread: ThreadId; readonly frame: FrameId; readonly step: StepId }

/** What a visit may know of and do to the other threads of its run. */
export function threadControl(run: RunContext, visit: Visit, place: Place): ThreadControl {
  const { recorder } = run
  return {
    ended: (thread) => waitInside(run, visit, { kind: 'thread', thread }, whenEnded(run, thread, visit.signal)),
    cancel: (thread) => {
      if (!visit.isCurrent) return
      tellPauses(run)
      recorder.record({ event: 'CancelRequested', ...place(), ...(thread !== undefined && { target: thread }) })
      cancelThreads(run, thread)
    },
    send: (name, value, keep = true) => {
      if (!visit.isCurrent) return
      // A visit that was cut off after it had sent it does not send it twice, nor decide anew whether it is dropped.
      const sent = visit.record?.effects.sent ?? []
      if (sent.includes(name)) {
        sent.splice(sent.indexOf(name), 1)
        return
      }
      const dropped = !keep && !signalsOf(run).awaited(name)
      recorder.record({ event: 'SignalSent', ...place(), signal: name, value, ...(dropped && { dropped }) })
      if (!dropped) signalsOf(run).send(name, value)
    },
    receive: async (names, seconds) => {
      if (!visit.isCurrent) throw new Cancelled()
      const receive = (cancel: CancelSignal): ReceivedSignal | Promise<ReceivedSignal> =>
        signalsOf(run).receive(names, cancel, (taken) => {
          recorder.record({ event: 'SignalTaken', ...place(), signal: taken.signal })
          visit.take(taken)
          stopWaiting(run, visit)
        })
      if (seconds !== undefined) return within(run, visit, seconds, receive)
      const received = receive(visit.signal)
      if (!(received instanceof Promise)) return received
      return waitInside(run, visit, { kind: 'signal', signals: names }, received)
    }
  }
}

/** What is received, or undefined when it has not come within so many seconds of the beginning of the attempt. */
async function within<T>(
  { clock }: RunContext,
  { signal, startedAt }: Visit,
  seconds: number,
  receive: (cancel: CancelSignal) => T | Promise<T>
): Promise<T | undefined> {
  const over = new CancelSource()
  const forget = signal.onCancel(() => {
    over.cancel()
  })
  const received = receive(over)
  const time = { isOver: false }
  const late = (): void => {
    time.isOver = true
    over.cancel()
  }
  const milliseconds = startedAt + seconds * 1000 - clock.now()
  if (milliseconds > 0) clock.sleep(milliseconds, over).then(late, () => undefined)
  else late()
  try {
    return await received
  } catch (error) {
    if (time.isOver) return undefined
    throw error
  } finally {
    forget()
    over.cancel()
  }
}

/** The signals of the run. */
export function signalsOf(run: RunContext): Signals {
  return (run.signals ??= new Signals())
}

/** A visit waits for something inside its run, until `what` has come: see stall. */
async function waitInside<T>(run: RunContext, visit: Visit, awaits: Awaited, what: Promise<T>): Promise<T> {
  visit.awaits = awaits
  run.innerWaits++
  try {
    run.drain(run)
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
