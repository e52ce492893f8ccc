import { type CancelSignal, Cancelled, type Value } from '../../model/index.ts'

interface Waiter {
  give(value: Value): void
}

/** The signals of one run. One that nobody waits for is kept for the next step that does. */
export class Signals {
  readonly #kept = new Map<string, Value[]>()
  readonly #waiting = new Map<string, Waiter[]>()

  send(name: string, value: Value): void {
    const waiter = this.#waiting.get(name)?.shift()
    if (waiter) waiter.give(value)
    else this.#kept.set(name, [...(this.#kept.get(name) ?? []), value])
  }

  /** Forgets one that was kept: a step has got it. */
  drop(name: string): void {
    this.#kept.get(name)?.shift()
  }

  /** The value of the next signal `name`, after `onTaken` was told; rejects with Cancelled when `signal` is given first. */
  receive(name: string, signal: CancelSignal, onTaken: () => void): Promise<Value> {
    const kept = this.#kept.get(name)
    const value = kept?.shift()
    if (value !== undefined) {
      onTaken()
      return Promise.resolve(value)
    }
    return new Promise((resolve, reject) => {
      const waiters = this.#waiting.get(name) ?? []
      this.#waiting.set(name, waiters)
      const waiter: Waiter = {
        give: (given) => {
          forget()
          onTaken()
          resolve(given)
        }
      }
      waiters.push(waiter)
      const forget = signal.onCancel(() => {
        const index = waiters.indexOf(waiter)
        if (index >= 0) waiters.splice(index, 1)
        reject(new Cancelled())
      })
    })
  }
}
