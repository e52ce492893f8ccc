import type { FrameId, ThreadId } from '../journal/event.ts'

/** Who looks at every step of a run before it is begun. It leaves no trace in the journal. */
export interface Debugger {
  /** Called before the step that a frame is at begins. A promise holds its thread until it resolves, and no other. */
  before(thread: ThreadId, frame: FrameId, step: string): Promise<void> | undefined
}
