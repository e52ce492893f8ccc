import type { Value } from '../../../model/index.ts'

/**
 * What the few expressions and scripts of random flows come to: `now()` and `clock()`, `PATH < NUMBER`, `PATH + NUMBER`,
 * `now() < date('...')`, a path, and JSON. `read` gives what is at a path; `now`: the wall time in milliseconds.
 */
export function valueOfSource(source: string, read: (path: string) => Value | undefined, now: number): Value {
  if (source === 'now()') return { $type: 'Date', iso: new Date(now).toISOString() }
  if (source === 'clock()') return now
  const until = /^now\(\) < date\('(.*)'\)$/.exec(source)?.[1]
  if (until !== undefined) return now < Date.parse(until)
  const [, path = '', sign, number] = /^([\w.]+) ([<+]) (\d+)$/.exec(source) ?? []
  if (sign === '<') return Number(read(path)) < Number(number)
  if (sign === '+') return Number(read(path)) + Number(number)
  return source.startsWith('flow.') ? (read(source) ?? null) : (JSON.parse(source) as Value)
}
