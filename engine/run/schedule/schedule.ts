import type { ThreadId } from '../journal/event.ts'

/** Decides in which order threads go on that have what they waited for. Without one, they do as it comes. */
export interface Schedule {
  /** `thread` has what it waited for: `goOn` is to be called once, when it is its turn. */
  ready(thread: ThreadId, goOn: () => void): void
}
