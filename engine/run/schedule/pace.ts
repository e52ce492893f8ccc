import type { ThreadId } from '../journal/event.ts'

/** Decides when a thread that waits for something goes on: when it has come, in the order a seed draws, or as a journal tells. */
export interface Pace {
  /**
   * Begins what `thread` waits for and resolves, with what came of it, when the thread may go on. Undefined when a journal
   * tells that the thread went on; then nothing was begun.
   */
  after<T>(thread: ThreadId, begin: () => Promise<T>): Promise<T | undefined>
  /** Does `begin` now, or once the journal has been followed to its end: clocks that run beside the threads. */
  whenLive(begin: () => void): void
}

/** Things happen when they happen. */
export const livePace: Pace = {
  after: (_thread, begin) => begin(),
  whenLive: (begin) => {
    begin()
  }
}
