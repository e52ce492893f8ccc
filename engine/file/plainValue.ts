import { fileMessages } from '../messages/file.ts'
import type { Value } from '../model/index.ts'

/** Something wrong with a flow file. */
export interface FileProblem {
  /** A JSON path such as `flow.steps[2].name`; empty when it concerns the whole file. */
  readonly path: string
  /** What is wrong, what was expected and what to do. */
  readonly message: string
}

/** Far deeper than any flow, and far from where recursion ends. */
const maxDepth = 100

/** Names that mean something to JavaScript itself: data may not bring them along. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** A copy of parsed JSON that is safe to work with, and what could not be taken over. */
export function plainValue(data: unknown): { readonly value: Value; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = []
  return { value: copy(data, '', 0, problems), problems }
}

function copy(data: unknown, path: string, depth: number, problems: FileProblem[]): Value {
  if (typeof data === 'string' || typeof data === 'boolean') return data
  if (typeof data === 'number') {
    if (Number.isFinite(data)) return data
    problems.push({ path, message: fileMessages.tooLarge(path) })
    return null
  }
  if (typeof data !== 'object' || data === null) return null
  if (depth === maxDepth) {
    problems.push({ path, message: fileMessages.tooDeep(path, maxDepth) })
    return null
  }
  if (Array.isArray(data))
    return data.map((item: unknown, index) => copy(item, `${path}[${index}]`, depth + 1, problems))
  const record: { [name: string]: Value } = {}
  const entries: [string, unknown][] = Object.entries(data)
  for (const [name, value] of entries)
    if (value !== undefined && !forbidden.has(name))
      record[name] = copy(value, path === '' ? name : `${path}.${name}`, depth + 1, problems)
  return record
}
