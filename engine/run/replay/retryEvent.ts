import type { RunEvent } from '../journal/event.ts'
import { retryOf } from './retry.ts'
import { withoutTakenBack } from './withoutTakenBack.ts'

export type RunRetried = Extract<RunEvent, { event: 'RunRetried' }>

/**
 * What the journal of a run that is settled as failed tells when the run goes on from where it failed. `now`: wall time in
 * milliseconds. Throws StepFailure `retry-needless` or `retry-nowhere` when it cannot.
 */
export function retryEvent(events: readonly RunEvent[], now: number): RunRetried {
  const counting = withoutTakenBack(events)
  const { threads, frames, steps, visits } = retryOf(counting.events, counting.attempts)
  const { seq = 0, at = 0 } = events.at(-1) ?? {}
  return {
    seq: seq + 1,
    at,
    event: 'RunRetried',
    retriedAt: new Date(now).toISOString(),
    threads: [...threads.keys()],
    frames,
    steps,
    visits
  }
}
