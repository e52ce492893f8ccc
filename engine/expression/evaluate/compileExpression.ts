import { expressionMessages } from '../../messages/expression.ts'
import { StepFailure, type Value } from '../../model/index.ts'
import { callProblem } from '../check/callProblem.ts'
import { compileBinary, compileUnary } from './compileOperator.ts'
import { type Evaluate, Evaluation } from './evaluation.ts'
import type { ExpressionProblem } from '../expressionProblem.ts'
import { functionTable, parameterAt } from '../functions/functionTable.ts'
import type { Argument } from '../functions/functionDefinition.ts'
import { parsedExpression } from '../syntax/parsedExpression.ts'
import { type Syntax, type SyntaxOf, namesOf, partsOf, rootLength } from '../syntax/syntax.ts'
import { fieldOf, finite, itemAt, mayLeave, recordOf } from './values.ts'

/** Reads one value of the data an expression is about; undefined when there is none. Both arguments are the caller's. */
export type ExpressionReader<D, L> = (data: D, locals: L) => Value | undefined

/** What an expression needs of its surroundings. */
export interface ExpressionSurroundings<D, L> {
  /**
   * The reader of `flow.<name>`, `steps.<id>.<output>`, or one name that a body adds. Asked once for each, when the
   * expression is compiled; fewer names come where the expression writes fewer.
   */
  readonly readerOf: (path: readonly string[]) => ExpressionReader<D, L>
  /** What tells the wall time in milliseconds since 1970. */
  readonly clockOf: (data: D) => () => number
}

/** An expression, ready. Pure but for the time: the same data gives the same value. */
export type CompiledExpression<D, L> = (data: D, locals: L) => Value

/**
 * Makes an expression ready. Its evaluation never fails but in two ways, both StepFailure: `expression-too-long` when
 * it is too much work, `expression-invalid` when the source is no expression. Wrong types and missing data give null.
 */
export function compileExpression<D, L>(
  source: string,
  surroundings: ExpressionSurroundings<D, L>
): CompiledExpression<D, L> {
  const { tree, problem } = parsedExpression(source)
  const wrong = problem ?? firstCallProblem(tree, source)
  if (wrong)
    return () => {
      throw new StepFailure('expression-invalid', expressionMessages.invalid(source, wrong.message))
    }
  const evaluate = new Compiler(surroundings).compile(tree, false)
  const { clockOf } = surroundings
  if (!nests(tree)) return (data, locals) => evaluate(new Over(data, locals, clockOf(data)))
  return (data, locals) => mayLeave(evaluate(new Over(data, locals, clockOf(data))))
}

/** An evaluation over some data. */
class Over<D, L> extends Evaluation {
  readonly data: D
  readonly locals: L

  constructor(data: D, locals: L, now: () => number) {
    super(now)
    this.data = data
    this.locals = locals
  }
}

class Compiler<D, L> {
  readonly #surroundings: ExpressionSurroundings<D, L>

  constructor(surroundings: ExpressionSurroundings<D, L>) {
    this.#surroundings = surroundings
  }

  /** `perItem`: inside the argument of a list function, where `it` and `index` mean its item. */
  compile(syntax: Syntax, perItem: boolean): Evaluate<Over<D, L>> {
    const constant = constantOf(syntax)
    if (constant !== undefined) return () => constant
    switch (syntax.kind) {
      case 'constant':
      case 'missing':
        return () => null
      case 'name':
      case 'member':
        return this.#path(syntax, perItem)
      case 'index':
        return this.#index(syntax, perItem)
      case 'list': {
        const items = syntax.items.map((item) => this.compile(item, perItem))
        return (evaluation) => evaluation.made(items.map((item) => item(evaluation)))
      }
      case 'record': {
        const fields = syntax.fields.map(({ name, value }) => ({ name, evaluate: this.compile(value, perItem) }))
        return (evaluation) => recordOf(fields.map(({ name, evaluate }) => [name, evaluate(evaluation)]))
      }
      case 'unary':
        return compileUnary(syntax.operator, this.compile(syntax.operand, perItem))
      case 'binary': {
        const left = this.compile(syntax.left, perItem)
        return compileBinary(syntax.operator, left, this.compile(syntax.right, perItem), constantOf(syntax.right))
      }
      case 'call':
        return this.#call(syntax, perItem)
    }
  }

  #path(syntax: SyntaxOf<'name' | 'member'>, perItem: boolean): Evaluate<Over<D, L>> {
    const names = namesOf(syntax)
    const [root] = names ?? []
    if (names === undefined || root === undefined) {
      if (syntax.kind === 'name') return () => null
      return inside(this.compile(syntax.of, perItem), [syntax.name])
    }
    if (perItem && root === 'it') return inside((evaluation) => evaluation.it, names.slice(1))
    if (perItem && root === 'index') return inside((evaluation) => evaluation.index, names.slice(1))
    const length = rootLength(root)
    const read = this.#surroundings.readerOf(names.slice(0, length))
    const [field, ...rest] = names.slice(length)
    if (field === undefined) return ({ data, locals }) => read(data, locals) ?? null
    return inside(({ data, locals }) => fieldOf(read(data, locals), field), rest)
  }

  #index({ of, by }: SyntaxOf<'index'>, perItem: boolean): Evaluate<Over<D, L>> {
    const whole = this.compile(of, perItem)
    const key = this.compile(by, perItem)
    return (evaluation) => {
      const value = whole(evaluation)
      const at = key(evaluation)
      return typeof at === 'number' ? itemAt(value, at) : typeof at === 'string' ? fieldOf(value, at) : null
    }
  }

  #call({ name, args }: SyntaxOf<'call'>, perItem: boolean): Evaluate<Over<D, L>> {
    const called = functionTable.get(name)
    if (!called) return () => null
    return called.compile(
      args.map((arg, index): Argument<Over<D, L>> => {
        const isPerItem = perItem || parameterAt(called, index)?.perItem === true
        return { evaluate: this.compile(arg, isPerItem), size: arg.size }
      })
    )
  }
}

function inside<E extends Evaluation>(value: Evaluate<E>, names: readonly string[]): Evaluate<E> {
  const [name, ...rest] = names
  if (name === undefined) return value
  return inside((evaluation) => fieldOf(value(evaluation), name), rest)
}

/** The value of an expression that always has the same one and is written out; undefined for any other. */
function constantOf(syntax: Syntax): Value | undefined {
  switch (syntax.kind) {
    case 'constant':
      return syntax.value
    case 'unary':
      return syntax.operator === '-' && syntax.operand.kind === 'constant' && typeof syntax.operand.value === 'number'
        ? finite(-syntax.operand.value)
        : undefined
    case 'list': {
      const items = syntax.items.map((item) => (item.kind === 'constant' ? item.value : undefined))
      return items.every((item) => item !== undefined) ? items : undefined
    }
    default:
      return undefined
  }
}

function firstCallProblem(syntax: Syntax, source: string): ExpressionProblem | undefined {
  const own = syntax.kind === 'call' ? callProblem(syntax, source) : undefined
  if (own) return own
  for (const part of partsOf(syntax)) {
    const found = firstCallProblem(part, source)
    if (found) return found
  }
  return undefined
}

/** Whether an expression may put lists and records into others, and so make something larger than all its parts. */
function nests(syntax: Syntax): boolean {
  if (syntax.kind === 'list' || syntax.kind === 'record') return constantOf(syntax) === undefined
  if (syntax.kind === 'call' && ['map', 'groupBy', 'record'].includes(syntax.name)) return true
  return partsOf(syntax).some(nests)
}
