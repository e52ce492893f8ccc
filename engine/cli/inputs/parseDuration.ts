import { cliMessages } from '../../messages/cli.ts'
import { UsageError } from '../grammar/usageError.ts'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** The longest that a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1

/** Milliseconds, of a time such as `30s`, `5m` or `1.5h`; seconds when no unit is given. Throws UsageError. */
export function parseDuration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? []
  const milliseconds = Number(number) * (units[unit] ?? 1)
  if (milliseconds > 0 && milliseconds <= longest) return milliseconds
  throw new UsageError(cliMessages.durationForm(text))
}
