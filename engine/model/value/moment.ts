import { type DateValue, type Value, isRecord } from './value.ts'

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
