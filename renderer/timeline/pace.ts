import type { Run, Visit } from '../../engine/index.ts'

/** How long back one looks to tell how fast a step is, in milliseconds. */
const lookBack = 10_000

/**
 * How many items a second a running step gets done, judged by the last ten seconds before `now`; undefined while too
 * little has happened to tell.
 */
export function paceOf(visit: Visit, now: number): number | undefined {
  const { items } = visit
  const from = Math.max(visit.startedAt, now - lookBack)
  const first = indexAt(items, from)
  const count = items.length - first
  const span = now - from
  return count < 3 || span < 500 ? undefined : count / (span / 1000)
}

/** '4/s', '0.5/s', '210/s': a pace as the summary line of a step says it. */
export function formatPace(perSecond: number): string {
  return `${Number(perSecond >= 9.95 ? perSecond.toFixed(0) : perSecond.toFixed(perSecond >= 1.95 ? 0 : 1))}/s`
}

/** When a running step with counted progress will be through, if it goes on as in the last seconds; undefined if unclear. */
export function endEstimate(visit: Visit, now: number): number | undefined {
  if (visit.state !== 'running' || !visit.progress) return undefined
  const pace = paceOf(visit, now)
  const left = visit.progress.total - visit.progress.done
  if (pace === undefined || left <= 0 || now - visit.startedAt < 2000) return undefined
  return now + (left / pace) * 1000
}

/** When the whole run will be settled; only told when every thread that still runs has a step of which one can tell. */
export function settleEstimate(run: Run, now: number): number | undefined {
  if (run.settled) return undefined
  let latest: number | undefined
  for (const thread of run.threads) {
    if (thread.endedAt !== undefined) continue
    const visit = run.visits.findLast((visit) => visit.thread === thread.id && visit.state === 'running')
    const end = visit && endEstimate(visit, now)
    if (end === undefined) return undefined
    latest = Math.max(latest ?? 0, end)
  }
  return latest
}

/** Where the first of `items`, which are in order of time, stands that is at or after `time`. */
export function indexAt(items: readonly { readonly at: number }[], time: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}
