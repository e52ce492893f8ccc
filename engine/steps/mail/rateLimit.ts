import type { CancelSignal, Clock } from '../../model/index.ts'

/** Returns a function that resolves when the next item may begin: `perSecond` a second, evenly spread; 0 is no limit. */
export function rateLimit(perSecond: number, clock: Clock, signal: CancelSignal): () => Promise<void> {
  if (perSecond <= 0) return () => Promise.resolve()
  const spacing = 1000 / perSecond
  let free = clock.elapsed()
  return async () => {
    const now = clock.elapsed()
    // One that comes late by less than its space does not push the others back.
    const slot = Math.max(now - spacing, free)
    free = slot + spacing
    if (slot > now) await clock.sleep(slot - now, signal)
  }
}
