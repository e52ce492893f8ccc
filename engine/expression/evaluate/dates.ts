/*
 * Dates are moments, shown in UTC. Everything is worked out from milliseconds since 1970, so that an expression means
 * the same on every computer.
 */

const minute = 60_000

/** The units in which time is added and measured; months and years as the calendar has them. */
export const timeUnits = ['milliseconds', 'seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const

const lengths: ReadonlyMap<string, number> = new Map([
  ['milliseconds', 1],
  ['seconds', 1000],
  ['minutes', minute],
  ['hours', 60 * minute],
  ['days', 24 * 60 * minute],
  ['weeks', 7 * 24 * 60 * minute]
])

/**
 * The moment `amount` units later. Months and years keep the day where the month has it, else its last day; of them
 * only whole ones are added. Undefined for an unknown unit or beyond all calendars.
 */
export function addTime(moment: number, amount: number, unit: string): number | undefined {
  const length = lengths.get(unit)
  if (length !== undefined) return Math.round(moment + amount * length)
  const months = Math.trunc(unit === 'years' ? amount * 12 : amount)
  if (unit !== 'months' && unit !== 'years') return undefined
  const date = new Date(moment)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  if (!Number.isFinite(date.getTime())) return undefined
  const last = new Date(date.getTime())
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  date.setUTCDate(Math.min(day, last.getUTCDate()))
  return date.getTime()
}

/** How many units lie between two moments, below 0 when `to` is earlier; whole ones for months and years. */
export function timeBetween(from: number, to: number, unit: string): number | undefined {
  const length = lengths.get(unit)
  if (length !== undefined) return (to - from) / length
  if (unit !== 'months' && unit !== 'years') return undefined
  if (to < from) return -(timeBetween(to, from, unit) ?? 0)
  const [first, last] = [new Date(from), new Date(to)]
  let months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth()
  if ((addTime(from, months, 'months') ?? to) > to) months--
  return unit === 'months' ? months : Math.trunc(months / 12)
}

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'].concat([
  'October',
  'November',
  'December'
])
const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** The day of the week, 1 is Monday and 7 Sunday. */
export function weekdayOf(moment: number): number {
  return new Date(moment).getUTCDay() || 7
}

const dateParts = /'([^']*)'|y{4}|yy|M{1,4}|d{1,2}|E{3,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S{3}|a/g

/** A moment by a pattern such as `d MMMM yyyy, HH:mm`; what stands in ' is kept as it is. English, UTC. */
export function formatMoment(moment: number, format: string): string {
  const date = new Date(moment)
  return format.replaceAll(dateParts, (part: string, kept: string | undefined) =>
    kept === undefined ? partText(date, part.charAt(0), part.length) : kept === '' ? "'" : kept
  )
}

function partText(date: Date, letter: string, width: number): string {
  const hour = date.getUTCHours()
  switch (letter) {
    case 'y':
      return width === 2 ? padded(date.getUTCFullYear() % 100, 2) : padded(date.getUTCFullYear(), 4)
    case 'M':
      return width > 2 ? nameOf(monthNames, date.getUTCMonth(), width) : padded(date.getUTCMonth() + 1, width)
    case 'd':
      return padded(date.getUTCDate(), width)
    case 'E':
      return nameOf(dayNames, weekdayOf(date.getTime()) - 1, width)
    case 'H':
      return padded(hour, width)
    case 'h':
      return padded(hour % 12 || 12, width)
    case 'm':
      return padded(date.getUTCMinutes(), width)
    case 's':
      return padded(date.getUTCSeconds(), width)
    case 'S':
      return padded(date.getUTCMilliseconds(), 3)
    default:
      return hour < 12 ? 'AM' : 'PM'
  }
}

function nameOf(names: readonly string[], index: number, width: number): string {
  const name = names[index] ?? ''
  return width === 3 ? name.slice(0, 3) : name
}

function padded(number: number, width: number): string {
  const digits = String(Math.abs(number)).padStart(width, '0')
  return number < 0 ? `-${digits}` : digits
}
