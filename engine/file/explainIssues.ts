import type { z } from 'zod'
import { fileMessages } from '../messages/file.ts'
import { type Value, valueAt } from '../model/index.ts'
import type { FileProblem } from './plainValue.ts'

/** What the shape check found, as sentences of our own about the file `data`. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], data: Value): FileProblem[] {
  return issues.map((issue) => {
    const names = issue.path.map(String)
    const path = formatJsonPath(issue.path)
    return { path, message: explain(issue, path, valueAt(data, names)) }
  })
}

function explain(issue: z.core.$ZodIssue, path: string, found: Value | undefined): string {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = nameOf(issue.expected)
      if (found === undefined) return fileMessages.missing(path, expected)
      return fileMessages.wrongType(path, expected, describe(found))
    }
    case 'invalid_value':
      return oneOf(path, found, issue.values.map(String))
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(path, found, issue.options.map(String))
        : fileMessages.wrong(path, issue.message)
    case 'too_small':
      return fileMessages.tooShort(path)
    case 'custom': {
      const [one = '', other] = issue.message.split('|')
      return other === undefined ? fileMessages.missing(path, nameOf(one)) : fileMessages.oneOf(path, one, other)
    }
    default:
      return fileMessages.wrong(path, issue.message)
  }
}

function oneOf(path: string, found: Value | undefined, values: readonly string[]): string {
  const known = values.map((value) => `“${value}”`).join(', ')
  return found === undefined ? fileMessages.missing(path, known) : fileMessages.wrongValue(path, describe(found), known)
}

function describe(value: Value): string {
  if (value === null) return fileMessages.kinds.null
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`
  if (typeof value === 'number') return String(value)
  return nameOf(Array.isArray(value) ? 'array' : typeof value)
}

function nameOf(kind: string): string {
  const { kinds } = fileMessages
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind
}

/** `flow.steps[2].inputs["To: all"]`: dots between plain names, brackets around others. */
function formatJsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, name) => {
    if (typeof name === 'number') return `${text}[${name}]`
    const plain = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(String(name))
    if (!plain) return `${text}[${JSON.stringify(String(name))}]`
    return text === '' ? String(name) : `${text}.${String(name)}`
  }, '')
}
