import { expressionMessages } from '../../messages/expression.ts'
import { type ExpressionFix, type ExpressionProblem, replaceAt } from '../expressionProblem.ts'
import { type Token, readTokens } from './readTokens.ts'
import type { Place } from './syntax.ts'

/** A source read token by token. Keeps the first problem that is told: what follows one is mostly its echo. */
export class TokenCursor {
  readonly source: string
  readonly #tokens: readonly Token[]
  readonly #end: Token
  #at = 0
  #problem: ExpressionProblem | undefined

  constructor(source: string) {
    this.source = source
    this.#tokens = readTokens(source)
    this.#end = { kind: 'end', text: '', from: source.length, to: source.length }
  }

  get problem(): ExpressionProblem | undefined {
    return this.#problem
  }

  /** The token that comes next. */
  get now(): Token {
    return this.#tokens[this.#at] ?? this.#end
  }

  /** Whether nothing has been taken yet. */
  get atStart(): boolean {
    return this.#at === 0
  }

  /** Where the last token taken ends. */
  get done(): number {
    return this.#tokens[this.#at - 1]?.to ?? 0
  }

  take(): Token {
    const token = this.now
    this.#at++
    return token
  }

  is(symbol: string): boolean {
    return this.now.kind === 'symbol' && this.now.text === symbol
  }

  takeIf(symbol: string): boolean {
    const found = this.is(symbol)
    if (found) this.#at++
    return found
  }

  /** The token that comes next, in words. */
  get found(): string {
    const { kind, text } = this.now
    if (kind === 'end') return expressionMessages.theEnd
    return kind === 'text' ? expressionMessages.theText(text) : `“${text}”`
  }

  /** Something else than `message` expects comes next. What the token itself says about it is better. */
  unexpected(message: string, fix?: ExpressionFix): void {
    const { now } = this
    if (now.kind !== 'bad') {
      this.tell(now, message, fix)
      return
    }
    const { instead } = now
    const title = expressionMessages.fixes.write(instead ?? '')
    const mend = instead === undefined ? undefined : { title, source: mendAt(this.source, now, instead) }
    this.tell(now, now.message ?? message, mend)
  }

  tell({ from, to }: Place, message: string, fix?: ExpressionFix): void {
    this.#problem ??= { code: 'expression-syntax', severity: 'error', from, to, message, ...(fix && { fix }) }
  }

  /** Gives up: reads no further. */
  stop(at: Place, message: string): void {
    this.tell(at, message)
    this.#at = this.#tokens.length - 1
  }
}

/** Slanted quotes come in pairs, from word processors: all of them are straightened at once. */
function mendAt(source: string, at: Place, instead: string): string {
  if (instead === '"') return source.replaceAll(/[“”„«»]/g, '"')
  if (instead === "'") return source.replaceAll(/[‘’‚]/g, "'")
  return replaceAt(source, at, instead)
}
