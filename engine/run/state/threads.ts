import type { ThreadId } from '../journal/event.ts'
import type { Thread } from './thread.ts'

/** The threads of a run that have not ended, in the order in which they were started. They are linked: most runs have but one. */
export class Threads {
  size = 0
  #first: Thread | undefined
  #last: Thread | undefined

  add(thread: Thread): void {
    thread.before = this.#last
    if (this.#last) this.#last.after = thread
    else this.#first = thread
    this.#last = thread
    this.size++
  }

  /** Takes out one that is among them. */
  remove(thread: Thread): void {
    const { before, after } = thread
    if (before) before.after = after
    else this.#first = after
    if (after) after.before = before
    else this.#last = before
    thread.before = thread.after = undefined
    this.size--
  }

  /** The one with this number. */
  find(id: ThreadId): Thread | undefined {
    let thread = this.#first
    while (thread && thread.id !== id) thread = thread.after
    return thread
  }

  /** All of them, as a list of its own: it stays as it is when one of them ends. */
  all(): Thread[] {
    const threads: Thread[] = []
    for (let thread = this.#first; thread; thread = thread.after) threads.push(thread)
    return threads
  }
}
