const minute = 60_000

let lastTime = NaN
let lastText = ''
let lastMinute = NaN
let upToMinute = ''

/** A wall time as ISO 8601. Many runs may start in the same millisecond, and Date takes as long as the start of a run. */
export function isoTime(now: number): string {
  if (now !== lastTime) {
    lastTime = now
    const whole = Math.floor(now / minute)
    if (whole !== lastMinute) {
      lastMinute = whole
      upToMinute = new Date(whole * minute).toISOString().slice(0, -'00.000Z'.length)
    }
    const digits = String(100_000 + Math.floor(now - whole * minute))
    lastText = `${upToMinute}${digits.slice(1, 3)}.${digits.slice(3)}Z`
  }
  return lastText
}
