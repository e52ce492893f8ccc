import { type CancelSignal, Cancelled, type Clock } from '../model/index.ts'

interface Timer {
  readonly due: number
  fire(): void
}

/** A clock for tests and trials: its time stands still while anything is due, then jumps to the next timer. */
export interface VirtualClock extends Clock {
  /** Does `what` after so many milliseconds. */
  after(milliseconds: number, what: () => void): void
  /**
   * Lets time pass until no timer is left, or for so many milliseconds. Of timers that are due together, the one set first
   * comes first.
   */
  run(milliseconds?: number): Promise<void>
}

/** `startsAt`: the wall time at the beginning, in milliseconds since 1970. `due`: resolves when nothing is due but timers. */
export function virtualClock(startsAt = Date.UTC(2026, 10, 24), due = everythingDue): VirtualClock {
  const timers = new Set<Timer>()
  let passed = 0
  const set = (milliseconds: number, fire: () => void): Timer => {
    const timer = { due: passed + Math.max(0, milliseconds), fire }
    timers.add(timer)
    return timer
  }
  return {
    now: () => startsAt + passed,
    elapsed: () => passed,
    sleep: (milliseconds, signal: CancelSignal) =>
      new Promise((resolve, reject) => {
        const timer = set(milliseconds, () => {
          forget()
          resolve()
        })
        const forget = signal.onCancel(() => {
          timers.delete(timer)
          reject(new Cancelled())
        })
      }),
    after: (milliseconds, what) => void set(milliseconds, what),
    async run(milliseconds = Infinity) {
      const until = passed + milliseconds
      for (;;) {
        await due()
        const next = earliest(timers)
        if (!next || next.due > until) {
          if (until < Infinity) passed = until
          return
        }
        timers.delete(next)
        passed = next.due
        next.fire()
      }
    }
  }
}

/** Resolves when no promise has anything left to do. */
function everythingDue(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined
  for (const timer of timers) if (!first || timer.due < first.due) first = timer
  return first
}
