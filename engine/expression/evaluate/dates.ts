import { type DateValue, type Value, isRecord } from '../../model/index.ts'

/*
 * Dates are moments, shown in UTC. Everything is worked out from milliseconds since 1970, so that an expression means
 * the same on every computer.
 */

const pattern =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/

const minute = 60_000

/** The moment that an ISO 8601 text names, UTC unless it says otherwise; undefined when it names none. */
export function parseMoment(text: string): number | undefined {
  const found = text.length > 40 ? null : pattern.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour = '0', minutes = '0', seconds = '0', fraction = '', zone = 'Z'] = found
  const midnight = momentOf(Number(year), Number(month), Number(day))
  const time = timeOf(Number(hour), Number(minutes), Number(seconds), Number(fraction.slice(0, 3).padEnd(3, '0')))
  if (midnight === undefined || time === undefined) return undefined
  const moment = midnight + time - offsetOf(zone)
  return isMoment(moment) ? moment : undefined
}

function timeOf(hour: number, minutes: number, seconds: number, milliseconds: number): number | undefined {
  if (!(hour <= 23 && minutes <= 59 && seconds <= 59)) return undefined
  return (hour * 60 + minutes) * minute + seconds * 1000 + milliseconds
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -size : size) * minute
}

/** Midnight of a day; undefined when there is no such day. */
export function momentOf(year: number, month: number, day: number): number | undefined {
  const isDay = Number.isInteger(year) && day >= 1 && day <= daysIn(year, month) && Number.isInteger(day)
  if (!isDay || Math.abs(year) > 275_760) return undefined
  // Years that begin in March, so that 29 February is the last day of one; 400 of them always have 146,097 days.
  const [shifted, fromMarch] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const era = Math.floor(shifted / 400)
  const inEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1
  const dayOfEra = inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + dayOfYear
  return (era * 146_097 + dayOfEra - 719_468) * 24 * 60 * minute
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11
    ? 30
    : month >= 1 && month <= 12 && Number.isInteger(month)
      ? 31
      : 0
}

/** As `parseMoment`, for the one way in which Date values are written, many times as fast: 2024-03-05T12:30:00.000Z. */
function writtenMoment(iso: string): number | undefined {
  if (iso.length !== 24 || iso.charAt(10) !== 'T' || iso.charAt(23) !== 'Z') return undefined
  const isMarked = iso.charAt(4) === '-' && iso.charAt(7) === '-' && iso.charAt(13) === ':' && iso.charAt(16) === ':'
  if (!isMarked || iso.charAt(19) !== '.') return undefined
  const midnight = momentOf(digits(iso, 0, 4), digits(iso, 5, 7), digits(iso, 8, 10))
  const time = timeOf(digits(iso, 11, 13), digits(iso, 14, 16), digits(iso, 17, 19), digits(iso, 20, 23))
  return midnight === undefined || time === undefined || Number.isNaN(time) ? undefined : midnight + time
}

/** The number that these characters spell; NaN when they are not all digits. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN
  }
  return number
}

/** The moment of a Date value; undefined for any other value. */
export function millisecondsOf(value: Value | undefined): number | undefined {
  if (!isRecord(value) || value.$type !== 'Date' || typeof value.iso !== 'string') return undefined
  return writtenMoment(value.iso) ?? parseMoment(value.iso)
}

/** The Date value of a moment; null when no calendar reaches so far. */
export function dateValue(moment: number): DateValue | null {
  return isMoment(moment) ? { $type: 'Date', iso: new Date(moment).toISOString() } : null
}

function isMoment(moment: number): boolean {
  return Math.abs(moment) <= 8.64e15
}

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
