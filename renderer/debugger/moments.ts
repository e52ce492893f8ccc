import { type Run, type RunEvent, foldRun } from '../../engine/index.ts'

interface Fold {
  /** How many events are in it. */
  readonly count: number
  readonly run: Run
}

/** So many events lie between two kept folds: going to any moment folds at most these. */
const between = 256

/** The events of one run as they come in, and the run as it stood at any moment of it. */
export class Moments {
  readonly #events: RunEvent[] = []
  readonly #kept: Fold[] = []
  #newest: Fold | undefined
  #last: Fold | undefined

  /** The run as far as its events are known; undefined before the first. */
  get run(): Run | undefined {
    return this.#newest?.run
  }

  /** Adds events in order. Those already known are passed over, so that reading and listening may overlap. */
  add(events: readonly RunEvent[]): void {
    let known = this.#events.at(-1)?.seq ?? 0
    const fresh = events.filter(({ seq }) => {
      const isNew = seq > known
      if (isNew) known = seq
      return isNew
    })
    for (let from = 0; from < fresh.length;) {
      const room = between - (this.#events.length % between)
      const part = fresh.slice(from, from + room)
      from += part.length
      for (const event of part) this.#events.push(event)
      this.#newest = { count: this.#events.length, run: foldRun(part, this.#newest?.run) }
      if (this.#newest.count % between === 0) this.#kept.push(this.#newest)
    }
  }

  /** The run at the moment `at`: the fold of all events up to and including it. Undefined before the first event. */
  at(at: number): Run | undefined {
    const count = Math.max(1, this.#countAt(at))
    if (!this.#newest || count >= this.#newest.count) return this.#newest?.run
    const kept = this.#kept[Math.floor(count / between) - 1]
    const near = this.#last && this.#last.count <= count && this.#last.count >= (kept?.count ?? 0) ? this.#last : kept
    if (near?.count === count) return near.run
    const run = foldRun(this.#events.slice(near?.count ?? 0, count), near?.run)
    this.#last = { count, run }
    return run
  }

  /** How many events happened up to `at`. Times never go back. */
  #countAt(at: number): number {
    let [low, high] = [0, this.#events.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#events[middle]?.at ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}
