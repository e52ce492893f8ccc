let lastTime = NaN
let lastText = ''

/** A wall time as ISO 8601; many runs may start in the same millisecond. */
export function isoTime(now: number): string {
  if (now !== lastTime) {
    lastTime = now
    lastText = new Date(now).toISOString()
  }
  return lastText
}
