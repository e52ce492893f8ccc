import { type Value, isRecord } from '../model/index.ts'

/** A field of an object and the text of its value. */
export type Entry = readonly [name: string, text: string]

/** The longest value that stands on one line although it has parts, in characters. */
const lineLength = 100

/** An object with one field a line. `depth` is how many levels in it stands: two spaces each. */
export function printObject(entries: readonly Entry[], depth: number): string {
  const texts = entries.map(([name, text]) => `${JSON.stringify(name)}: ${text}`)
  return printParts('{', texts, '}', depth)
}

/** A list with one item a line. */
export function printList(items: readonly string[], depth: number): string {
  return printParts('[', items, ']', depth)
}

/** A value on one line when it is short, else with one part a line. A list called `lines` always has one item a line. */
export function printValue(value: Value, depth: number): string {
  const text = onOneLine(value)
  if (text !== undefined && (text.length <= lineLength || typeof value === 'string')) return text
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([name, part]): Entry => {
      return [name, isLines(name, part) ? printItems(part, depth + 1) : printValue(part, depth + 1)]
    })
    return printObject(entries, depth)
  }
  return Array.isArray(value) ? printItems(value as readonly Value[], depth) : JSON.stringify(value)
}

function printItems(items: readonly Value[], depth: number): string {
  return printList(
    items.map((item) => printValue(item, depth + 1)),
    depth
  )
}

/** `{ "x": 1, "y": [2, 3] }`; undefined when the value holds `lines`. */
function onOneLine(value: Value): string | undefined {
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map(onOneLine)
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
  }
  if (!isRecord(value)) return JSON.stringify(value)
  const fields: string[] = []
  for (const [name, part] of Object.entries(value)) {
    const text = isLines(name, part) ? undefined : onOneLine(part)
    if (text === undefined) return undefined
    fields.push(`${JSON.stringify(name)}: ${text}`)
  }
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

function isLines(name: string, value: Value): value is readonly Value[] {
  return name === 'lines' && Array.isArray(value)
}

function printParts(open: string, parts: readonly string[], close: string, depth: number): string {
  if (parts.length === 0) return `${open}${close}`
  const indent = '  '.repeat(depth)
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`
}
