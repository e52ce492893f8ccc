import type { Clock } from '../model/services.ts'
import type { RunEvent, RunFact } from './event.ts'
import type { Journal } from './journal.ts'

/** Numbers and dates the facts of one run and hands them to its journal and to whoever watches. */
export interface Recorder {
  record(fact: RunFact): void
}

export function recorder(clock: Clock, journal: Journal, watch: (event: RunEvent) => void): Recorder {
  const startedAt = clock.elapsed()
  let seq = 0
  return {
    record(fact) {
      const at = Math.round((clock.elapsed() - startedAt) * 1000) / 1000
      const event: RunEvent = { seq: ++seq, at, ...fact }
      journal.append(event)
      watch(event)
    }
  }
}
