import type { EventName, RunEvent } from '../../engine/index.ts'

/** Milliseconds between two batches of one run: at most 30 a second. */
const pause = 34

/** What somebody is waiting for goes out at once, with everything before it. */
const urgent: ReadonlySet<EventName> = new Set<EventName>(['RunStarted', 'Replied', 'RunSettled'])

/** Gathers the events of one run and sends them in order, a few times a second. */
export interface EventBatches {
  add(event: RunEvent): void
  /** Sends what is left, now. */
  flush(): void
}

/** `later` calls back after some milliseconds and returns how to call that off. */
export function batchEvents(
  send: (events: readonly RunEvent[]) => void,
  later: (milliseconds: number, then: () => void) => () => void
): EventBatches {
  let waiting: RunEvent[] = []
  let callOff: (() => void) | undefined

  const flush = () => {
    callOff?.()
    callOff = undefined
    if (waiting.length === 0) return
    const events = waiting
    waiting = []
    send(events)
  }

  return {
    add(event) {
      waiting.push(event)
      if (urgent.has(event.event)) flush()
      else callOff ??= later(pause, flush)
    },
    flush
  }
}
