import { fileMessages } from '../messages/file.ts'

/** Where a text stops being JSON, and what should stand there instead. `offset` counts UTF-16 units from 0. */
export interface JsonError {
  readonly offset: number
  readonly expected: string
}

const { expected } = fileMessages
const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const plainText = /[^"\\\u0000-\u001f]*/y
const word = /true|false|null/y

/** The first error in a JSON text; undefined when it is right. Keeps its own stack, so that no depth is too deep. */
export function findJsonError(text: string): JsonError | undefined {
  let at = 0
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const error = (what: string): JsonError => ({ offset: at, expected: what })

  const readText = (): JsonError | undefined => {
    at++
    for (;;) {
      skip(plainText)
      const char = text[at]
      if (char === '"') {
        at++
        return undefined
      }
      if (char !== '\\') return error(expected.quote)
      at++
      if (text[at] === 'u') {
        if (!/^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return error(expected.hex)
        at += 5
      } else if (text[at] !== undefined && '"\\/bfnrt'.includes(text.charAt(at))) at++
      else return error(expected.escape)
    }
  }

  const readName = (what: string): JsonError | undefined => {
    skip(space)
    if (text[at] !== '"') return error(what)
    const wrong = readText()
    if (wrong) return wrong
    skip(space)
    if (text[at] !== ':') return error(expected.colon)
    at++
    return undefined
  }

  const open: ('{' | '[')[] = []
  let fresh = false // just behind an opening bracket, where it may close at once
  for (;;) {
    skip(space)
    const char = text[at]
    if (fresh && char === (open.at(-1) === '{' ? '}' : ']')) {
      at++
      open.pop()
    } else {
      if (fresh && open.at(-1) === '{') {
        const wrong = readName(expected.nameOrEnd)
        if (wrong) return wrong
        fresh = false
        continue
      }
      if (char === '{' || char === '[') {
        at++
        open.push(char)
        fresh = true
        continue
      }
      if (char === '"') {
        const wrong = readText()
        if (wrong) return wrong
      } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
        if (!skip(number)) {
          at++
          return error(expected.digit)
        }
      } else if (!skip(word)) {
        if (char !== undefined && 'tfn'.includes(char)) return error(expected.word)
        return error(fresh ? expected.valueOrEnd : expected.value)
      }
    }
    fresh = false
    const wrong = afterValue()
    if (wrong === 'done') return undefined
    if (wrong) return wrong
  }

  /** Closes what ends behind a value, up to the comma before the next one. */
  function afterValue(): JsonError | 'done' | undefined {
    for (;;) {
      skip(space)
      const around = open.at(-1)
      if (around === undefined) return at < text.length ? error(expected.end) : 'done'
      const char = text[at]
      if (char === ',') {
        at++
        return around === '{' ? readName(expected.name) : undefined
      }
      if (char !== (around === '{' ? '}' : ']'))
        return error(around === '{' ? expected.commaOrBrace : expected.commaOrBracket)
      at++
      open.pop()
    }
  }
}
