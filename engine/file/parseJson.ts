import { fileMessages } from '../messages/file.ts'
import type { Value } from '../model/index.ts'
import { findJsonError } from './findJsonError.ts'
import { type FileProblem, plainValue } from './plainValue.ts'

/** The value a JSON text holds; with problems, when it holds none, and where it goes wrong. Never throws. */
export function parseJson(text: string): { readonly value: Value; readonly problems: readonly FileProblem[] } {
  const bare = text.replace(/^\uFEFF/, '')
  let data: unknown
  try {
    data = JSON.parse(bare)
  } catch {
    return { value: null, problems: [{ path: '', message: explain(bare) }] }
  }
  return plainValue(data)
}

function explain(text: string): string {
  if (text.trim() === '') return fileMessages.empty
  // Read as UTF-8, every other character of a text in UTF-16 is a zero.
  if (text.slice(0, 100).includes('\0')) return fileMessages.otherEncoding
  const conflict = /^<{7}(?: |$)/m.exec(text)
  if (conflict && /^>{7}(?: |$)/m.test(text)) return fileMessages.conflict(placeOf(text, conflict.index).line)
  const error = findJsonError(text)
  if (!error) return fileMessages.unreadable
  const { line, column } = placeOf(text, error.offset)
  return fileMessages.syntax(line, column, error.expected, foundAt(text, error.offset))
}

/** Line and column of a place in a text, both from 1, as text editors count. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

function foundAt(text: string, offset: number): string {
  const code = text.codePointAt(offset)
  if (code === undefined) return fileMessages.found.end
  if (code === 10 || code === 13) return fileMessages.found.lineEnd
  const char = String.fromCodePoint(code)
  return fileMessages.found.character(
    /\p{C}/u.test(char) ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : char
  )
}
