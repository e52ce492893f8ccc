import { Cancelled, type CancelSignal, type ReceivedSignal, type Value } from '../../model/index.ts'

/** A signal that was sent and whose value nobody has for good; of several, the one with the lowest place came first. */
export interface PlacedSignal extends ReceivedSignal {
  readonly place: number
}

/** Somebody who waits for one of several signals; first come, first served. */
interface Receiver {
  give(taken: PlacedSignal): void
}

/** The signals of one run. One that nobody waits for is kept for the next step that does. */
export class Signals {
  readonly #kept = new Map<string, PlacedSignal[]>()
  readonly #receivers = new Map<string, Receiver[]>()
  #last = 0

  /** Whether somebody waits for the signal. */
  awaited(signal: string): boolean {
    return this.#receiverOf(signal) !== undefined
  }

  send(signal: string, value: Value): void {
    this.giveBack({ signal, value, place: ++this.#last })
  }

  /** A visit that took a signal has come to nothing: the signal is there for the next one, where it had been before. */
  giveBack(signal: PlacedSignal): void {
    const receiver = this.#receiverOf(signal.signal)
    if (receiver) {
      receiver.give(signal)
      return
    }
    const kept = this.#keptOf(signal.signal)
    kept.splice(kept.findLastIndex(({ place }) => place < signal.place) + 1, 0, signal)
  }

  /** The one of these signals that came first of those that are kept, which is not kept any more; undefined when none is. */
  next(signals: readonly string[]): PlacedSignal | undefined {
    let first: PlacedSignal | undefined
    for (const signal of signals) {
      const kept = this.#kept.get(signal)?.[0]
      if (kept && (!first || kept.place < first.place)) first = kept
    }
    if (first) this.#kept.get(first.signal)?.shift()
    return first
  }

  /**
   * The first of these signals, after `onTaken` was told: one that is kept, or a promise. It rejects with Cancelled when
   * `cancel` is given first.
   */
  receive(
    signals: readonly string[],
    cancel: CancelSignal,
    onTaken: (taken: PlacedSignal) => void
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

  #keptOf(signal: string): PlacedSignal[] {
    const kept = this.#kept.get(signal) ?? []
    this.#kept.set(signal, kept)
    return kept
  }
}
