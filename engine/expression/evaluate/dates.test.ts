import { date, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { dateValue, millisecondsOf, momentOf, parseMoment } from '../../model/index.ts'
import { holds } from '../../testing/property/holds.ts'
import { addTime, timeBetween } from './dates.ts'

const someDate = date({ noInvalidDate: true })

it('reads back every moment that it writes', () => {
  return holds(
    'moments written and read',
    property(someDate, (moment) => {
      const value = dateValue(moment.getTime())
      expect(millisecondsOf(value ?? undefined)).toBe(moment.getTime())
      expect(parseMoment(moment.toISOString())).toBe(moment.getTime())
    }),
    { runs: 2000 }
  )
})

it('knows the same days as the calendar of the language', () => {
  return holds(
    'calendar days',
    property(
      integer({ min: -3000, max: 4000 }),
      integer({ min: -1, max: 14 }),
      integer({ min: -1, max: 33 }),
      (year, month, day) => {
        const known = new Date(0)
        known.setUTCFullYear(year, month - 1, day)
        const isDay = known.getUTCFullYear() === year && known.getUTCMonth() === month - 1 && known.getUTCDate() === day
        expect(momentOf(year, month, day)).toBe(isDay ? known.getTime() : undefined)
      }
    ),
    { runs: 5000 }
  )
})

it('counts as many months between two dates as can be added to the first', () => {
  const near = date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  return holds(
    'months between dates',
    property(near, near, (one, other) => {
      const [from, to] = one < other ? [one.getTime(), other.getTime()] : [other.getTime(), one.getTime()]
      const months = timeBetween(from, to, 'months') ?? -1
      expect(addTime(from, months, 'months')).toBeLessThanOrEqual(to)
      expect(addTime(from, months + 1, 'months')).toBeGreaterThan(to)
    }),
    { runs: 2000 }
  )
})
