import { type DateValue, type Value, dateValue, millisecondsOf, momentOf, parseMoment } from '../../model/index.ts'
import { addTime, formatMoment, timeBetween, timeUnits, weekdayOf } from '../evaluate/dates.ts'
import { none, one, three, two } from './define.ts'
import type { FunctionDefinition } from './functionDefinition.ts'
import { finite } from '../evaluate/values.ts'
import { choice, date, number, text } from './parameters.ts'

const day = 86_400_000

const iso = (text: string): DateValue => ({ $type: 'Date', iso: text })

/** Functions on dates. All of them count in UTC. The examples are evaluated at noon of 5 March 2024. */
export const dateFunctions: readonly FunctionDefinition[] = [
  none(
    {
      name: 'now',
      returns: 'Date',
      summary: 'This very moment.',
      example: 'now()',
      gives: iso('2024-03-05T12:00:00.000Z')
    },
    (evaluation) => dateValue(evaluation.now())
  ),
  none(
    {
      name: 'today',
      returns: 'Date',
      summary: 'The beginning of this day.',
      example: 'today()',
      gives: iso('2024-03-05T00:00:00.000Z')
    },
    (evaluation) => dateValue(Math.floor(evaluation.now() / day) * day)
  ),
  one(
    {
      name: 'date',
      returns: 'Date',
      summary: 'The date that a text names, such as “2024-03-05” or “2024-03-05T12:30:00Z”; null when it names none.',
      example: "date('2024-03-05')",
      gives: iso('2024-03-05T00:00:00.000Z')
    },
    text('text'),
    (value, evaluation) => {
      evaluation.spend(20)
      return fromMoment(parseMoment(value.trim()))
    }
  ),
  three(
    {
      name: 'dateOf',
      returns: 'Date',
      summary: 'The date of a year, a month and a day; null when there is no such day.',
      example: 'dateOf(2024, 2, 29)',
      gives: iso('2024-02-29T00:00:00.000Z')
    },
    [number('year'), number('month'), number('day')],
    (year, month, dayOfMonth, evaluation) => {
      evaluation.spend(20)
      return fromMoment(momentOf(year, month, dayOfMonth))
    }
  ),
  three(
    {
      name: 'add',
      returns: 'Date',
      summary: `A date so much later, or earlier when the amount is below 0. Units are ${timeUnits.join(', ')}. Months and years stay within the month: 31 January and one month is the last day of February.`,
      example: "add(date('2024-01-31'), 1, 'months')",
      gives: iso('2024-02-29T00:00:00.000Z')
    },
    [date('date'), number('amount'), choice('unit', timeUnits)],
    (value, amount, unit, evaluation) => {
      evaluation.spend(30)
      return fromMoment(addTime(momentIn(value), amount, unit))
    }
  ),
  three(
    {
      name: 'difference',
      returns: 'Number',
      summary:
        'How many units lie between two dates, below 0 when the second is earlier. Only whole months and years count.',
      example: "difference(date('2024-02-28'), date('2024-03-01'), 'days')",
      gives: 2
    },
    [date('from'), date('to'), choice('unit', timeUnits)],
    (from, to, unit, evaluation) => {
      evaluation.spend(20)
      return finite(timeBetween(momentIn(from), momentIn(to), unit) ?? Number.NaN)
    }
  ),
  two(
    {
      name: 'format',
      returns: 'Text',
      summary:
        "A date by a pattern: yyyy yy year, MMMM MMM MM M month, dd d day, EEEE EEE weekday, HH H hour (hh h with a for AM and PM), mm minute, ss second, SSS millisecond; text in ' stays as it is.",
      example: "format(date('2024-03-05T09:07:00Z'), 'EEE, d MMMM yyyy HH:mm')",
      gives: 'Tue, 5 March 2024 09:07'
    },
    [date('date'), text('pattern')],
    (value, pattern, evaluation) => {
      evaluation.spend(30 + pattern.length * 2)
      return formatMoment(momentIn(value), pattern)
    }
  ),
  part('year', 'The year of a date.', 2024, (moment) => moment.getUTCFullYear()),
  part('month', 'The month of a date, from 1 to 12.', 3, (moment) => moment.getUTCMonth() + 1),
  part('day', 'The day of the month of a date, from 1 to 31.', 5, (moment) => moment.getUTCDate()),
  part('hour', 'The hour of a date, from 0 to 23.', 9, (moment) => moment.getUTCHours()),
  part('minute', 'The minute of a date, from 0 to 59.', 7, (moment) => moment.getUTCMinutes()),
  part('weekday', 'The day of the week of a date: 1 is Monday, 7 Sunday.', 2, (moment) => weekdayOf(moment.getTime()))
]

function part(name: string, summary: string, gives: number, of: (moment: Date) => number): FunctionDefinition {
  const example = `${name}(date('2024-03-05T09:07:00Z'))`
  return one({ name, returns: 'Number', summary, example, gives }, date('date'), (value) =>
    of(new Date(momentIn(value)))
  )
}

function momentIn(value: DateValue): number {
  return millisecondsOf(value) ?? 0
}

function fromMoment(moment: number | undefined): Value {
  return moment === undefined ? null : dateValue(moment)
}
