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
  #listeners: Set<() => void> | undefined

  get cancelled(): boolean {
    return this.#cancelled
  }

  onCancel(listener: () => void): () => void {
    if (this.#cancelled) {
      listener()
      return () => undefined
    }
    const listeners = (this.#listeners ??= new Set())
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    const listeners = this.#listeners
    this.#listeners = undefined
    if (listeners) for (const listener of [...listeners]) listener()
  }
}
