import type { CancelSignal, ThreadControl } from '../../model/index.ts'
import type { Recorder } from '../journal/recorder.ts'
import type { Signals } from './signals.ts'
import { type Frame, type Thread, placeOf } from './thread.ts'
import type { Threads } from './threads.ts'

/** What thread control needs of the interpreter. */
export interface ControlMoves {
  readonly threads: Threads
  readonly recorder: Recorder
  cancel(thread?: number): void
}

/** The visit that has it. */
export interface ControllingVisit {
  readonly thread: Pick<Thread, 'id'>
  readonly frame: Pick<Frame, 'id' | 'at' | 'visit'>
  readonly signal: CancelSignal
}

/** What a visit may know of and do to the other threads of its run. */
export function threadControl(
  moves: ControlMoves,
  signals: Signals,
  { thread, frame, signal }: ControllingVisit
): ThreadControl {
  const { threads, recorder } = moves
  return {
    ended: (id) => threads.whenEnded(id, signal),
    cancel: (id) => {
      moves.cancel(id)
    },
    send: (name, value) => {
      // A visit that was cut off after it had sent it does not send it twice.
      if (frame.visit?.record?.signalsSent.has(name)) return
      recorder.record({ event: 'SignalSent', ...placeOf(thread, frame), signal: name, value })
      signals.send(name, value)
    },
    receive: (name) =>
      signals.receive(name, signal, () => {
        recorder.record({ event: 'SignalTaken', ...placeOf(thread, frame), signal: name })
      })
  }
}
