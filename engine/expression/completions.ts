import { checkSyntax } from './check/checkExpression.ts'
import { fieldsOf } from './check/checkPath.ts'
import { type ExpressionScope, type KnownValue, pathText } from './check/expressionScope.ts'
import { functionTable, signatureOf } from './functions/functionTable.ts'
import { operatorTable } from './operatorTable.ts'
import { parseExpression } from './syntax/parseExpression.ts'
import { type Token, readTokens } from './syntax/readTokens.ts'
import { type Place, namesOf } from './syntax/syntax.ts'
import type { KnownType } from './types.ts'

/** What can stand at a place of an expression. */
export interface Completions extends Place {
  /** Each goes in place of the characters from `from` to `to`. Best first. */
  readonly items: readonly Completion[]
}

export interface Completion {
  readonly kind: 'value' | 'field' | 'function' | 'operator' | 'constant'
  /** What is shown. */
  readonly label: string
  /** What is inserted, and how many of its characters stand before the cursor then. */
  readonly insert: string
  readonly cursor: number
  /** The type of a value, the signature of a function. */
  readonly detail: string
  readonly summary: string
}

/** What can stand at `offset` of an unfinished expression, judged by what stands before it. */
export function completions(source: string, offset: number, scope: ExpressionScope): Completions {
  const before = source.slice(0, offset)
  const tokens = readTokens(before).slice(0, -1)
  const last = tokens.at(-1)
  const partial = last?.kind === 'name' && last.to === offset ? last : undefined
  const from = partial?.from ?? offset
  const rest = partial ? tokens.slice(0, -1) : tokens
  const prior = rest.at(-1)
  const written = partial?.text ?? ''
  if (last?.kind === 'bad' || (last?.kind === 'number' && last.to === offset) || namesField(rest))
    return { from, to: offset, items: [] }
  const isMember = prior?.kind === 'symbol' && prior.text === '.'
  if (!isMember && endsValue(prior)) return { from, to: offset, items: matching(operators, written) }
  const { path, of, item } = lookAt(before.slice(0, from), scope)
  if (!isMember) return { from, to: offset, items: matching([...values(scope), ...inItem(item), ...always], written) }
  if (path === undefined) return { from, to: offset, items: matching(fields(of), written) }
  const root = rest[rest.length - path.length * 2]
  const inside = values(scope, path)
  if (inside.length === 0 || !root) return { from, to: offset, items: matching(fields(of), written) }
  return { from: root.from, to: offset, items: inside.filter(({ label }) => matches(lastName(label), written)) }
}

const marker = 'cursorㆍ'

interface Looked {
  /** The names before the dot, where they are a path of the flow's data. */
  readonly path: readonly string[] | undefined
  /** The type of the value before the dot. */
  readonly of: KnownType
  /** What `it` is here; undefined outside list functions. */
  readonly item: { readonly type: KnownType } | undefined
}

/** Puts a name where the cursor is and asks the checker what it sees there. */
function lookAt(before: string, scope: ExpressionScope): Looked {
  const marked = before + marker
  let looked: Looked = { path: undefined, of: undefined, item: undefined }
  const silent: ExpressionScope = { typeOf: (path) => scope.typeOf(path), known: () => [] }
  checkSyntax(
    parseExpression(marked).tree,
    marked,
    silent,
    () => undefined,
    (syntax, of, item) => {
      if (syntax.name !== marker) return
      const names = namesOf(syntax)?.slice(0, -1)
      const isItem = item !== undefined && (names?.[0] === 'it' || names?.[0] === 'index')
      looked = { path: isItem || names?.length === 0 ? undefined : names, of, item }
    }
  )
  return looked
}

/** Whether the name of a record field comes next. */
function namesField(tokens: readonly Token[]): boolean {
  const open: string[] = []
  for (const { kind, text } of tokens) {
    if (kind !== 'symbol') continue
    if ('([{'.includes(text)) open.push(text)
    else if (')]}'.includes(text)) open.pop()
  }
  const last = tokens.at(-1)?.text
  return open.at(-1) === '{' && (last === '{' || last === ',')
}

/** Whether a value has just ended, so that an operator comes next. */
function endsValue(token: Token | undefined): boolean {
  if (!token) return false
  if (token.kind === 'number' || token.kind === 'text') return true
  if (token.kind === 'name') return !['and', 'or', 'not', 'in'].includes(token.text)
  return token.kind === 'symbol' && (token.text === ')' || token.text === ']' || token.text === '}')
}

function values(scope: ExpressionScope, within: readonly string[] = []): Completion[] {
  return scope
    .known()
    .filter(({ path }) => path.length > within.length && within.every((name, index) => name === path[index]))
    .map(({ path, type, summary = '' }: KnownValue) => completion('value', pathText(path), type, summary))
}

function fields(of: KnownType): Completion[] {
  return fieldsOf(of).map((name) => completion('field', name, name === 'size' ? 'Number' : 'Text', ''))
}

function inItem(item: Looked['item']): Completion[] {
  if (!item) return []
  return [
    completion('value', 'it', item.type ?? 'Any', 'The item of the list.'),
    completion('value', 'index', 'Number', 'The position of the item, from 0.')
  ]
}

const always: readonly Completion[] = [
  ...[...functionTable.values()].map((one): Completion => {
    const insert = `${one.name}()`
    const cursor = insert.length - (one.parameters.length === 0 ? 0 : 1)
    return { kind: 'function', label: one.name, insert, cursor, detail: signatureOf(one), summary: one.summary }
  }),
  completion('operator', 'not', '', 'True when what follows is not true.'),
  completion('constant', 'true', 'Boolean', ''),
  completion('constant', 'false', 'Boolean', ''),
  completion('constant', 'null', '', 'Nothing.')
]

const operators: readonly Completion[] = operatorTable
  .filter(({ operator }) => operator !== 'not')
  .map(({ operator, summary }) => completion('operator', operator, '', summary))

function completion(kind: Completion['kind'], label: string, detail: string, summary: string): Completion {
  return { kind, label, insert: label, cursor: label.length, detail, summary }
}

/** Those that begin with what is written, then those of which a later name does. */
function matching(all: readonly Completion[], written: string): Completion[] {
  const begins = all.filter(({ label }) => matches(label, written))
  const later = all.filter(({ label }) => !matches(label, written) && matches(lastName(label), written))
  return [...begins, ...later]
}

function matches(label: string, written: string): boolean {
  return label.toLowerCase().startsWith(written.toLowerCase())
}

/** The last name of a path as it is written: `Count` of `flow.Count`, `First Name` of `flow["First Name"]`. */
function lastName(label: string): string {
  return label.slice(Math.max(label.lastIndexOf('.'), label.lastIndexOf('["') + 1) + 1)
}
