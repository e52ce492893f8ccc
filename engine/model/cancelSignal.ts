/** Tells work that it should stop. The engine's own, since neither timers nor the DOM are its business. */
export interface CancelSignal {
  readonly cancelled: boolean
  /** Calls `listener` once, at the moment of cancelling (at once if that has passed). Returns the unsubscribe function. */
  onCancel(listener: () => void): () => void
}

/** Thrown out of a wait that was cancelled. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled')
    this.name = 'Cancelled'
  }
}

/** A signal together with the means to give it. Cancelling twice does nothing. */
export class CancelSource implements CancelSignal {
  #cancelled = false
  readonly #listeners = new Set<() => void>()

  get cancelled(): boolean {
    return this.#cancelled
  }

  onCancel(listener: () => void): () => void {
    if (this.#cancelled) {
      listener()
      return () => undefined
    }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    for (const listener of [...this.#listeners]) listener()
    this.#listeners.clear()
  }
}
