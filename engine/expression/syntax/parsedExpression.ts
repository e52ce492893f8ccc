import { type Parsed, parseExpression } from './parseExpression.ts'

const most = 1000
const parsed = new Map<string, Parsed>()

/** What a source says, remembered by its text: while a flow is drawn and run the same sources come up again and again. */
export function parsedExpression(source: string): Parsed {
  const known = parsed.get(source)
  if (known) return known
  const fresh = parseExpression(source)
  if (source.length > 2000) return fresh
  if (parsed.size >= most) parsed.clear()
  parsed.set(source, fresh)
  return fresh
}
