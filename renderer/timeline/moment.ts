import { formatDuration } from '../ui/formatDuration.ts'

/** A moment of a run, counted from its start in milliseconds: '12 ms' in the first second, then '1:47.2', '2:05:10.4'. */
export function formatMoment(at: number): string {
  return at < 999.5 ? formatDuration(at) : formatClock(at, 1)
}

/** A moment as on a stopwatch: '0:20', '1:47.2' with `decimals` 1, '1:02:03' from an hour on. */
export function formatClock(at: number, decimals = 0): string {
  const unit = 10 ** decimals
  const parts = Math.round((at / 1000) * unit)
  const minutes = Math.floor(parts / (60 * unit))
  const seconds = ((parts - minutes * 60 * unit) / unit).toFixed(decimals)
  const rest = seconds.padStart(decimals > 0 ? 3 + decimals : 2, '0')
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}
