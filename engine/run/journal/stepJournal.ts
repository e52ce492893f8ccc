import type { StepId, ValueRecord } from '../../model/index.ts'
import type { FrameId, ThreadId } from './event.ts'

/** Takes the two events that every step has field by field, so that no event need be made. `at`: in microseconds. */
export interface StepJournal {
  stepStarted(seq: number, at: number, thread: ThreadId, frame: FrameId, step: StepId, inputs: ValueRecord): void
  stepCompleted(
    seq: number,
    at: number,
    thread: ThreadId,
    frame: FrameId,
    step: StepId,
    outcome: string,
    outputs: ValueRecord
  ): void
}
