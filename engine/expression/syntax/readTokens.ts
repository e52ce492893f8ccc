import { expressionMessages } from '../../messages/expression.ts'

/** A piece of source. What it means beyond that is the parser's business. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end' | 'bad'
  /** As written; of a text what it stands for. */
  readonly text: string
  readonly from: number
  readonly to: number
  /** Of a bad one: what is wrong, and what to put there instead. */
  readonly message?: string
  readonly instead?: string
}

const space = /\s*/uy
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/uy
const name = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/uy
const nameAfterDot = /[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$]*/uy
const stepId = /[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$]*(?:-+[\p{L}\p{M}\p{N}_$]+)*/uy
const foreign = /===|!==|=>|&&|\|\||!(?!=)|[?;|‘’‚“”„«»]/uy
const symbol = /==|!=|<>|<=|>=|[-()[\]{},:.+*/%&=<>]/uy

/** Whether `text` can be written after a dot as it is. */
export function isPlainName(text: string): boolean {
  return matchAt(nameAfterDot, text, 0) === text
}

/** Whether `text` can be written as a step id after `steps.` as it is. */
export function isPlainStepId(text: string): boolean {
  return matchAt(stepId, text, 0) === text
}

/** Takes a source apart. Never fails: what it does not know becomes a bad token. The last one is the end. */
export function readTokens(source: string): Token[] {
  const tokens: Token[] = []
  let at = matchAt(space, source, 0).length
  while (at < source.length) {
    const token = readToken(source, at, tokens)
    tokens.push(token)
    at = token.to + matchAt(space, source, token.to).length
  }
  tokens.push({ kind: 'end', text: '', from: source.length, to: source.length })
  return tokens
}

function readToken(source: string, from: number, before: readonly Token[]): Token {
  const char = source.charAt(from)
  if (char === "'" || char === '"') return readText(source, from, char)
  const afterDot = isDot(before.at(-1))
  const named = matchAt(afterDot ? (isStepsDot(before) ? stepId : nameAfterDot) : name, source, from)
  if (named !== '') return { kind: 'name', text: named, from, to: from + named.length }
  const digits = matchAt(number, source, from)
  if (digits !== '') return readNumber(source, from, digits)
  const strange = matchAt(foreign, source, from)
  if (strange !== '') return bad(strange, from, ...expressionMessages.foreign(strange))
  const known = matchAt(symbol, source, from)
  if (known !== '') return { kind: 'symbol', text: known, from, to: from + known.length }
  const character = String.fromCodePoint(source.codePointAt(from) ?? 0)
  return bad(character, from, expressionMessages.strangeCharacter(character))
}

function readNumber(source: string, from: number, digits: string): Token {
  const to = from + digits.length
  const after = matchAt(name, source, to)
  if (after !== '') return bad(digits + after, from, expressionMessages.numberWithLetters(digits, after))
  if (!Number.isFinite(Number(digits))) return bad(digits, from, expressionMessages.numberTooLarge(digits))
  return { kind: 'number', text: digits, from, to }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"']
])

function readText(source: string, from: number, quote: string): Token {
  let text = ''
  let wrong: string | undefined
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at)
    if (char === quote) {
      const to = at + 1
      if (wrong === undefined) return { kind: 'text', text, from, to }
      const written = source.slice(from, to)
      return bad(
        written,
        from,
        expressionMessages.escapeUnknown(wrong),
        written.replaceAll(/\\(u[\da-fA-F]{4}|[^])/g, doubled)
      )
    }
    if (char !== '\\') {
      text += char
      continue
    }
    const escape = source.charAt(++at)
    const code = escape === 'u' ? /^[\da-fA-F]{4}/.exec(source.slice(at + 1, at + 5))?.[0] : undefined
    if (code !== undefined) {
      text += String.fromCharCode(parseInt(code, 16))
      at += 4
    } else {
      const plain = escapes.get(escape)
      if (plain === undefined) wrong ??= escape
      text += plain ?? ''
    }
  }
  const open = source.slice(from)
  return bad(open, from, expressionMessages.textNotClosed(quote), open + quote)
}

/** An escape as it is when it is one, else with its backslash doubled. */
function doubled(written: string, escape: string): string {
  return escape.length > 1 || escapes.has(escape) ? written : `\\${written}`
}

function bad(text: string, from: number, message: string, instead?: string): Token {
  return { kind: 'bad', text, from, to: from + text.length, message, ...(instead === undefined ? {} : { instead }) }
}

function isDot(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && token.text === '.'
}

/** Whether a step id comes next: the dot stands after the name `steps` which itself stands after no dot. */
function isStepsDot(before: readonly Token[]): boolean {
  const root = before.at(-2)
  return root?.kind === 'name' && root.text === 'steps' && !isDot(before.at(-3))
}

function matchAt(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}
