import { Cancelled, type CancelSignal, type Value } from '../../model/index.ts'

/** A signal that a visit has taken. */
export interface TakenSignal {
  readonly signal: string
  readonly value: Value
}

/** Somebody who waits for a signal; first come, first served. */
interface Receiver {
  give(value: Value): void
}

/** The signals of one run. One that nobody waits for is kept for the next step that does. */
export class Signals {
  readonly #kept = new Map<string, Value[]>()
  readonly #receivers = new Map<string, Receiver[]>()

  send(name: string, value: Value): void {
    const receiver = this.#receivers.get(name)?.shift()
    if (receiver) receiver.give(value)
    else this.#keptOf(name).push(value)
  }

  /** A visit that took a signal has come to nothing: the signal is there for the next one, before all others. */
  giveBack({ signal, value }: TakenSignal): void {
    const receiver = this.#receivers.get(signal)?.shift()
    if (receiver) receiver.give(value)
    else this.#keptOf(signal).unshift(value)
  }

  /** The next one that is kept, which is not kept any more; undefined when there is none. */
  next(name: string): Value | undefined {
    return this.#kept.get(name)?.shift()
  }

  /** The value of the next signal `name`, after `onTaken` was told: one that is kept, or a promise. It rejects with Cancelled when `signal` is given first. */
  receive(name: string, signal: CancelSignal, onTaken: (value: Value) => void): Value | Promise<Value> {
    const value = this.next(name)
    if (value !== undefined) {
      onTaken(value)
      return value
    }
    return new Promise((resolve, reject) => {
      const receivers = this.#receivers.get(name) ?? []
      this.#receivers.set(name, receivers)
      const receiver: Receiver = {
        give: (given) => {
          forget()
          onTaken(given)
          resolve(given)
        }
      }
      receivers.push(receiver)
      const forget = signal.onCancel(() => {
        const index = receivers.indexOf(receiver)
        if (index >= 0) receivers.splice(index, 1)
        reject(new Cancelled())
      })
    })
  }

  #keptOf(name: string): Value[] {
    const kept = this.#kept.get(name) ?? []
    this.#kept.set(name, kept)
    return kept
  }
}
