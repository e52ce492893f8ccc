import type { ScriptError } from './scriptJob.ts'

/** The longest message that is passed on, in characters. */
const longest = 1_000

/** What the sandbox's engine says itself, and what it means. */
const limits: { readonly [message: string]: ScriptError } = {
  'InternalError: interrupted': { why: 'timeout' },
  'InternalError: out of memory': { why: 'memory' },
  'InternalError: string too long': { why: 'memory' },
  'RangeError: invalid array length': { why: 'memory' },
  'InternalError: stack overflow': { why: 'recursion' },
  'SyntaxError: stack overflow': { why: 'recursion' }
}

/** What a script threw, in words. Scripts throw what they like: texts, records, errors, things that look like errors. */
export function describeThrown(thrown: unknown): ScriptError & { readonly message: string } {
  const message = messageOf(thrown)
  const limit = Object.hasOwn(limits, message) ? limits[message] : undefined
  if (limit) return { ...limit, message }
  const line = lineOf(thrown)
  const short = message.length > longest ? `${message.slice(0, longest)}…` : message
  return { why: 'thrown', message: short, ...(line !== undefined && { line }) }
}

function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const { name, message } = thrown as { readonly name?: unknown; readonly message?: unknown }
  if (typeof message !== 'string') return JSON.stringify(thrown)
  return typeof name === 'string' && name !== '' && name !== 'Error' ? `${name}: ${message}` : message
}

/** The first line of the script in an error's stack: `at f (script:3:7)`. */
function lineOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('stack' in thrown)) return undefined
  const found = typeof thrown.stack === 'string' ? /\bscript:(\d+)/.exec(thrown.stack) : null
  return found ? Number(found[1]) : undefined
}
