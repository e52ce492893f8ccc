import { Cancelled, type CancelSignal, type ReceivedSignal, type Value } from '../../model/index.ts'

/** A signal that waits for somebody to take it; of several, the one with the lowest number came first. */
interface KeptSignal {
  readonly value: Value
  readonly place: number
}

/** Somebody who waits for one of several signals; first come, first served. */
interface Receiver {
  give(taken: ReceivedSignal): void
}

/** The signals of one run. One that nobody waits for is kept for the next step that does. */
export class Signals {
  readonly #kept = new Map<string, KeptSignal[]>()
  readonly #receivers = new Map<string, Receiver[]>()
  #last = 0
  #first = 0

  /** Whether somebody waits for the signal. */
  awaited(signal: string): boolean {
    return this.#receiverOf(signal) !== undefined
  }

  send(signal: string, value: Value): void {
    const receiver = this.#receiverOf(signal)
    if (receiver) receiver.give({ signal, value })
    else this.#keptOf(signal).push({ value, place: ++this.#last })
  }

  /** A visit that took a signal has come to nothing: the signal is there for the next one, before all others. */
  giveBack({ signal, value }: ReceivedSignal): void {
    const receiver = this.#receiverOf(signal)
    if (receiver) receiver.give({ signal, value })
    else this.#keptOf(signal).unshift({ value, place: --this.#first })
  }

  /** The one of these signals that came first of those that are kept, which is not kept any more; undefined when none is. */
  next(signals: readonly string[]): ReceivedSignal | undefined {
    let first: { readonly signal: string; readonly place: number } | undefined
    for (const signal of signals) {
      const place = this.#kept.get(signal)?.[0]?.place
      if (place !== undefined && (!first || place < first.place)) first = { signal, place }
    }
    const kept = first && this.#kept.get(first.signal)?.shift()
    return first && kept && { signal: first.signal, value: kept.value }
  }

  /**
   * The first of these signals, after `onTaken` was told: one that is kept, or a promise. It rejects with Cancelled when
   * `cancel` is given first.
   */
  receive(
    signals: readonly string[],
    cancel: CancelSignal,
    onTaken: (taken: ReceivedSignal) => void
  ): ReceivedSignal | Promise<ReceivedSignal> {
    const kept = this.next(signals)
    if (kept) {
      onTaken(kept)
      return kept
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        for (const signal of signals) {
          const receivers = this.#receivers.get(signal)
          const index = receivers?.indexOf(receiver) ?? -1
          if (index >= 0) receivers?.splice(index, 1)
        }
      }
      const receiver: Receiver = {
        give: (taken) => {
          forget()
          leave()
          onTaken(taken)
          resolve(taken)
        }
      }
      for (const signal of signals) {
        const receivers = this.#receivers.get(signal) ?? []
        this.#receivers.set(signal, receivers)
        receivers.push(receiver)
      }
      const forget = cancel.onCancel(() => {
        leave()
        reject(new Cancelled())
      })
    })
  }

  #receiverOf(signal: string): Receiver | undefined {
    return this.#receivers.get(signal)?.[0]
  }

  #keptOf(signal: string): KeptSignal[] {
    const kept = this.#kept.get(signal) ?? []
    this.#kept.set(signal, kept)
    return kept
  }
}
