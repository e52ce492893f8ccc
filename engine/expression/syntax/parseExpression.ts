import { expressionMessages } from '../../messages/expression.ts'
import type { Value } from '../../model/index.ts'
import { type ExpressionProblem, replaceAt } from '../expressionProblem.ts'
import { limits } from '../limits.ts'
import type { Token } from './readTokens.ts'
import { type BinaryOperator, type FieldSyntax, type Place, type Syntax, syntaxOf } from './syntax.ts'
import { TokenCursor } from './tokenCursor.ts'

/*
 * The whole grammar, loosest first:
 *
 *   expression = and { "or" and }
 *   and        = not { "and" not }
 *   not        = "not" not | comparison
 *   comparison = joined [ ( "=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=" | "in" ) joined ]
 *   joined     = sum { "&" sum }
 *   sum        = product { ( "+" | "-" ) product }
 *   product    = sign { ( "*" | "/" | "%" ) sign }
 *   sign       = "-" sign | inside
 *   inside     = value { "." name | "[" expression "]" }
 *   value      = number | text | "true" | "false" | "null" | name | call | list | record | "(" expression ")"
 *   call       = name "(" [ expression { "," expression } ] ")"
 *   list       = "[" [ expression { "," expression } ] "]"
 *   record     = "{" [ field { "," field } ] "}"          field = ( name | text ) ":" expression
 *
 * A text stands in ' or ", with the escapes \n \r \t \\ \' \" \u0041. The name right after `steps.` is a step id and
 * may hold hyphens. In the arguments of list functions `it` is the item and `index` its position, from 0.
 */

const levels: ReadonlyMap<string, { readonly level: number; readonly operator: BinaryOperator }> = new Map(
  ([['or'], ['and'], [], ['=', '!=', '<', '<=', '>', '>=', 'in'], ['&'], ['+', '-'], ['*', '/', '%']] as const).flatMap(
    (operators, level) => operators.map((operator) => [operator as string, { level, operator }])
  )
)
const spellings: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['<>', '!=']
])
const notLevel = 2
const comparisonLevel = 3
const signLevel = 7

/** What a source says. With a problem the tree is what could still be made out. */
export interface Parsed {
  readonly tree: Syntax
  /** The first mistake in the writing, if there is one. */
  readonly problem: ExpressionProblem | undefined
}

/** Takes an expression apart. Never fails, whatever the source; very long or deeply nested ones are a problem. */
export function parseExpression(source: string): Parsed {
  if (source.length > limits.source) {
    const message = expressionMessages.tooLongSource(source.length, limits.source)
    const problem = { code: 'expression-syntax', severity: 'error', from: 0, to: source.length, message } as const
    return { tree: syntaxOf({ kind: 'missing' }, 0, source.length), problem }
  }
  return new Parser(source).parse()
}

class Parser {
  readonly #cursor: TokenCursor
  #nesting = 0

  constructor(source: string) {
    this.#cursor = new TokenCursor(source)
  }

  parse(): Parsed {
    const cursor = this.#cursor
    const tree = this.#expression(0)
    if (cursor.now.kind !== 'end') cursor.unexpected(expressionMessages.operatorExpected(cursor.found, undefined))
    return { tree, problem: cursor.problem }
  }

  #expression(lowest: number): Syntax {
    const cursor = this.#cursor
    if (++this.#nesting > limits.nesting) cursor.stop(cursor.now, expressionMessages.nestedTooDeeply(limits.nesting))
    const result = this.#binary(lowest)
    this.#nesting--
    return result
  }

  /** Whatever binds at least as tightly as `lowest`. */
  #binary(lowest: number): Syntax {
    const cursor = this.#cursor
    let left = this.#operand()
    let before = -1
    for (;;) {
      const found = operatorOf(cursor.now)
      if (!found || found.level < lowest) return left
      const { level, operator } = found
      if (level === comparisonLevel && before === level) cursor.tell(cursor.now, expressionMessages.comparedTwice)
      const at = place(cursor.take())
      const right = level + 1 >= signLevel ? this.#operand() : this.#binary(level + 1)
      left = this.#node({ kind: 'binary', operator, at, left, right }, left.from, right.to)
      before = level
    }
  }

  #operand(): Syntax {
    const { now } = this.#cursor
    if (now.kind === 'name' && now.text === 'not') return this.#unary('not', notLevel)
    return this.#cursor.is('-') ? this.#unary('-', signLevel) : this.#inside(this.#value())
  }

  #unary(operator: '-' | 'not', level: number): Syntax {
    const { from } = this.#cursor.take()
    const operand = this.#expression(level)
    return this.#node({ kind: 'unary', operator, operand }, from, operand.to)
  }

  #inside(value: Syntax): Syntax {
    const cursor = this.#cursor
    let of = value
    for (;;) {
      if (cursor.takeIf('.')) {
        if (cursor.now.kind !== 'name') {
          cursor.unexpected(expressionMessages.nameExpected(cursor.found))
          return of
        }
        const name = cursor.take()
        of = this.#node({ kind: 'member', of, name: name.text, at: place(name) }, of.from, name.to)
      } else if (cursor.is('[')) of = this.#bracket(of)
      else {
        if (cursor.is('(') && (of.kind === 'member' || of.kind === 'index'))
          cursor.tell(cursor.now, expressionMessages.notCallable(cursor.source.slice(of.from, of.to)))
        return of
      }
    }
  }

  #bracket(of: Syntax): Syntax {
    const open = this.#cursor.take()
    const by = this.#expression(0)
    this.#close(open, ']')
    const at = { from: open.from, to: this.#cursor.done }
    const name = by.kind === 'constant' && typeof by.value === 'string' ? by.value : undefined
    return this.#node(name === undefined ? { kind: 'index', of, by } : { kind: 'member', of, name, at }, of.from, at.to)
  }

  #value(): Syntax {
    const { now } = this.#cursor
    if (now.kind === 'number') return constant(Number(now.text), this.#cursor.take())
    if (now.kind === 'text') return constant(now.text, this.#cursor.take())
    if (now.kind === 'name' && !operatorOf(now)) return this.#named()
    if (this.#cursor.is('(')) return this.#parentheses()
    if (this.#cursor.is('[')) return this.#list()
    if (this.#cursor.is('{')) return this.#record()
    return this.#missing()
  }

  #named(): Syntax {
    const name = this.#cursor.take()
    const { text, from, to } = name
    if (this.#cursor.is('(')) {
      const args = this.#separated(')', () => this.#expression(0))
      return this.#node({ kind: 'call', name: text, at: place(name), args }, from, this.#cursor.done)
    }
    if (text === 'true' || text === 'false') return constant(text === 'true', name)
    return text === 'null' ? constant(null, name) : syntaxOf({ kind: 'name', name: text }, from, to)
  }

  #parentheses(): Syntax {
    const open = this.#cursor.take()
    const inner = this.#expression(0)
    this.#close(open, ')')
    return { ...inner, from: open.from, to: this.#cursor.done }
  }

  #list(): Syntax {
    const { from } = this.#cursor.now
    const items = this.#separated(']', () => this.#expression(0))
    return this.#node({ kind: 'list', items }, from, this.#cursor.done)
  }

  #record(): Syntax {
    const { from } = this.#cursor.now
    const fields = this.#separated('}', () => this.#field())
    return this.#node({ kind: 'record', fields }, from, this.#cursor.done)
  }

  #field(): FieldSyntax {
    const cursor = this.#cursor
    const name = cursor.now
    if (name.kind === 'name' || name.kind === 'text') cursor.take()
    else cursor.unexpected(expressionMessages.fieldExpected(cursor.found))
    if (!cursor.takeIf(':')) cursor.unexpected(expressionMessages.colonExpected(name.text, cursor.found))
    return { name: name.text, at: place(name), value: this.#expression(0) }
  }

  /** All that stands between the bracket that comes next and `close`, separated by commas. */
  #separated<T>(close: string, one: () => T): T[] {
    const open = this.#cursor.take()
    const all: T[] = []
    if (this.#cursor.takeIf(close)) return all
    do all.push(one())
    while (this.#cursor.takeIf(','))
    this.#close(open, close)
    return all
  }

  #close(open: Token, close: string): void {
    const cursor = this.#cursor
    if (cursor.takeIf(close)) return
    const { kind, text } = cursor.now
    const { done, found, source } = cursor
    const inserted = {
      title: expressionMessages.fixes.insert(close),
      source: replaceAt(source, { from: done, to: done }, close)
    }
    if (kind === 'end') cursor.unexpected(expressionMessages.notClosed(open.text, close, found), inserted)
    else if (kind === 'symbol' && ')]}'.includes(text))
      cursor.unexpected(expressionMessages.notClosed(open.text, close, found))
    else cursor.unexpected(expressionMessages.operatorExpected(found, open.text))
  }

  #missing(): Syntax {
    const { now, atStart, found } = this.#cursor
    const isEmpty = now.kind === 'end' && atStart
    this.#cursor.unexpected(isEmpty ? expressionMessages.empty : expressionMessages.valueExpected(found))
    return syntaxOf({ kind: 'missing' }, now.from, now.from)
  }

  #node(shape: Parameters<typeof syntaxOf>[0], from: number, to: number): Syntax {
    const node = syntaxOf(shape, from, to)
    if (node.depth <= limits.depth) return node
    this.#cursor.stop(node, expressionMessages.tooManyOperations(limits.depth))
    return syntaxOf({ kind: 'missing' }, from, to)
  }
}

function operatorOf({ kind, text }: Token): { readonly level: number; readonly operator: BinaryOperator } | undefined {
  return kind === 'symbol' || kind === 'name' ? levels.get(spellings.get(text) ?? text) : undefined
}

function constant(value: Value, { from, to }: Place): Syntax {
  return syntaxOf({ kind: 'constant', value }, from, to)
}

function place({ from, to }: Place): Place {
  return { from, to }
}
