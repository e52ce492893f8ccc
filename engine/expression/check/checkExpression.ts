import { expressionMessages } from '../../messages/expression.ts'
import { type ValueType, typeFits } from '../../model/index.ts'
import { checkCall } from './checkCall.ts'
import { checkIndex, checkPath } from './checkPath.ts'
import { checkBinary, checkUnary } from './checkOperator.ts'
import type { Check, ItemScope } from './check.ts'
import type { ExpressionProblem } from '../expressionProblem.ts'
import type { ExpressionScope } from './expressionScope.ts'
import { limits } from '../limits.ts'
import { parsedExpression } from '../syntax/parsedExpression.ts'
import type { Syntax, SyntaxOf } from '../syntax/syntax.ts'
import { type KnownType, commonType, listOf } from '../types.ts'
import { wrapFix } from './wrapFix.ts'

/** What is known of an expression without evaluating it. */
export interface ExpressionCheck {
  /** Of what it gives; `Any` where that only shows at run time. */
  readonly type: ValueType
  /** In the order of the source. */
  readonly problems: readonly ExpressionProblem[]
}

/**
 * Finds what is wrong with an expression: mistakes in writing (the first one only: the rest would be its echo), unknown
 * paths and functions, and types that do not fit, also what it gives to what is `expected`.
 */
export function checkExpression(source: string, scope: ExpressionScope, expected?: ValueType): ExpressionCheck {
  const { tree, problem } = parsedExpression(source)
  if (problem) return { type: 'Any', problems: [problem] }
  const problems: ExpressionProblem[] = []
  const found = checkSyntax(tree, source, scope, (one) => problems.push(one))
  const type = found ?? 'Any'
  if (expected !== undefined && !typeFits(type, expected)) {
    const fix = wrapFix(source, tree, type, [expected])
    const message = expressionMessages.resultType(expected, type)
    problems.push({ ...wrong, from: tree.from, to: tree.to, message, ...(fix && { fix }) })
  }
  return { type, problems: problems.toSorted((one, other) => one.from - other.from).slice(0, limits.problems) }
}

const wrong = { code: 'expression-type', severity: 'error' } as const

/** Checks a syntax tree and gives its type. `onVisit` sees each name and member with the item that `it` stands for. */
export function checkSyntax(
  tree: Syntax,
  source: string,
  scope: ExpressionScope,
  report: (problem: ExpressionProblem) => void,
  onVisit: (syntax: SyntaxOf<'name' | 'member'>, of: KnownType, item: ItemScope | undefined) => void = () => undefined
): KnownType {
  let left: number = limits.problems
  const check: Check = {
    source,
    scope,
    get isFull() {
      return left <= 0
    },
    report: (code, place, message, fix, severity = 'error') => {
      if (left-- <= 0) return
      const { from, to } = place
      report({ code, severity, from, to, message, ...(fix && { fix }) })
    },
    onVisit,
    visit
  }
  return visit(tree, undefined)

  function visit(syntax: Syntax, item: ItemScope | undefined): KnownType {
    switch (syntax.kind) {
      case 'missing':
        return 'Any'
      case 'constant':
        return typeOfConstant(syntax)
      case 'list':
        return listOf(commonType(syntax.items.map((one) => visit(one, item))))
      case 'record':
        return checkRecord(check, syntax, item)
      case 'name':
      case 'member':
        return checkPath(check, syntax, item)
      case 'index':
        return checkIndex(check, syntax, item)
      case 'call':
        return checkCall(check, syntax, item)
      case 'unary':
        return checkUnary(check, syntax, item)
      case 'binary':
        return checkBinary(check, syntax, item)
    }
  }
}

function typeOfConstant({ value }: SyntaxOf<'constant'>): KnownType {
  if (typeof value === 'number') return 'Number'
  return typeof value === 'string' ? 'Text' : typeof value === 'boolean' ? 'Boolean' : undefined
}

function checkRecord(check: Check, { fields }: SyntaxOf<'record'>, item: ItemScope | undefined): KnownType {
  const seen = new Set<string>()
  for (const { name, at, value } of fields) {
    if (seen.has(name)) check.report('expression-name', at, expressionMessages.fieldTwice(name))
    seen.add(name)
    check.visit(value, item)
  }
  return 'Record'
}
