import type { Value } from '../../model/index.ts'
import type { ScriptError } from './scriptJob.ts'

/** How deep a result may be nested: as deep as values in flow files. */
const maxDepth = 100

/** Names that mean something to JavaScript itself: data may not bring them along. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

class NestedTooDeep extends Error {}

/** The value that a script gave as JSON, safe to work with. */
export function cleanResult(
  json: string
): { readonly kind: 'returned'; readonly value: Value } | ({ readonly kind: 'failed' } & ScriptError) {
  try {
    return { kind: 'returned', value: copy(JSON.parse(json), 0) }
  } catch (error) {
    if (error instanceof NestedTooDeep) return { kind: 'failed', why: 'nested' }
    throw error
  }
}

function copy(data: unknown, depth: number): Value {
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return data
  if (typeof data !== 'object' || data === null) return null
  if (depth === maxDepth) throw new NestedTooDeep()
  if (Array.isArray(data)) return data.map((item: unknown) => copy(item, depth + 1))
  const record: { [name: string]: Value } = {}
  const entries: [string, unknown][] = Object.entries(data)
  for (const [name, value] of entries) if (!forbidden.has(name)) record[name] = copy(value, depth + 1)
  return record
}
