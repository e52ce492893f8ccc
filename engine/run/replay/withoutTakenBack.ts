import type { RunEvent, ThreadId } from '../journal/event.ts'
import { type Retry, retryOf } from './retry.ts'

/** From one event to another, by their places in a list, a thread does nothing that is not told. */
interface Stop {
  readonly thread: ThreadId
  readonly from: number
  readonly to: number
}

/** A journal as it counts: without what retries have taken back. */
export interface CountingEvents {
  readonly events: readonly RunEvent[]
  /** The failures that were taken back, and are those of attempts now. */
  readonly attempts: ReadonlySet<RunEvent>
  readonly stops: readonly Stop[]
  /** When threads had ended that a retry lets go on, by its event. */
  readonly ends: ReadonlyMap<RunEvent, Retry['threads']>
}

/** What counts of `events`. Throws as retryOf does. */
export function withoutTakenBack(events: readonly RunEvent[]): CountingEvents {
  if (!events.some(({ event }) => event === 'RunRetried'))
    return { events, attempts: new Set(), stops: [], ends: new Map() }
  const attempts = new Set<RunEvent>()
  const ends = new Map<RunEvent, Retry['threads']>()
  const stopped: { readonly retry: Retry; readonly by: RunEvent }[] = []
  let counting: RunEvent[] = []
  for (const event of events) {
    if (event.event === 'RunRetried') {
      const retry = retryOf(counting, attempts)
      counting = counting.filter((one) => !retry.takenBack.has(one))
      for (const failed of retry.attempts) attempts.add(failed)
      ends.set(event, retry.threads)
      stopped.push({ retry, by: event })
    }
    counting.push(event)
  }
  const placeBehind = (seq: number): number => {
    const place = counting.findIndex((event) => event.seq > seq)
    return place < 0 ? counting.length : place
  }
  const stops = stopped.flatMap(({ retry, by }) =>
    [...retry.stopped].map(([thread, seq]) => ({ thread, from: placeBehind(seq), to: counting.indexOf(by) }))
  )
  return { events: counting, attempts, stops, ends }
}
