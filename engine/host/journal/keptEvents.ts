import type { RunEvent } from '../../run/index.ts'

/** How far a journal has come: so many events are in the file, and so many of them would survive a power cut. */
export interface Kept {
  readonly written: number
  readonly safe: number
}

/** Shows the events of a journal to somebody once it keeps them: nobody is told what a kill could undo. */
export class KeptEvents {
  readonly #show: (event: RunEvent) => void
  #waiting: RunEvent[] = []

  /** What `show` throws is its own business: a run does not depend on whoever sees its events. */
  constructor(show: (event: RunEvent) => void) {
    this.#show = show
  }

  add(event: RunEvent): void {
    this.#waiting.push(event)
  }

  /** The journal has come further. A reply is shown once it is safe, all others once they are written. */
  keep({ written, safe }: Kept): void {
    const isKept = ({ seq, event }: RunEvent): boolean => seq <= (event === 'Replied' ? safe : written)
    const left = this.#waiting.findIndex((event) => !isKept(event))
    const kept = this.#waiting.splice(0, left < 0 ? this.#waiting.length : left)
    for (const event of kept)
      try {
        this.#show(event)
      } catch {
        // See the constructor.
      }
  }
}
