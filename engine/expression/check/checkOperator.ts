import { expressionMessages } from '../../messages/expression.ts'
import type { Check, ItemScope } from './check.ts'
import { replaceAt } from '../expressionProblem.ts'
import type { BinaryOperator, Syntax, SyntaxOf } from '../syntax/syntax.ts'
import { type KnownType, isListType, isOpen, itemOf } from '../types.ts'
import { wrapFix } from './wrapFix.ts'

/** Checks `-x` and `not x`. */
export function checkUnary(
  check: Check,
  { operator, operand }: SyntaxOf<'unary'>,
  item: ItemScope | undefined
): KnownType {
  const expected = operator === 'not' ? 'Boolean' : 'Number'
  const type = check.visit(operand, item)
  if (!isOpen(type) && type !== expected) {
    const fix = wrapFix(check.source, operand, type, [expected])
    check.report('expression-type', operand, expressionMessages.signType(`“${operator}”`, expected, type), fix)
  }
  return expected
}

/** Checks what stands between two values. */
export function checkBinary(check: Check, syntax: SyntaxOf<'binary'>, item: ItemScope | undefined): KnownType {
  const { operator } = syntax
  const left = check.visit(syntax.left, item)
  const right = check.visit(syntax.right, item)
  switch (operator) {
    case 'and':
    case 'or':
      for (const [side, type] of sides(syntax, left, right))
        if (!isOpen(type) && type !== 'Boolean') reportOperand(check, side, operator, 'Boolean', type)
      return 'Boolean'
    case '=':
    case '!=':
      warnIfNeverEqual(check, syntax, left, right)
      return 'Boolean'
    case '<':
    case '<=':
    case '>':
    case '>=':
      checkOrder(check, syntax, left, right)
      return 'Boolean'
    case 'in':
      if (isListType(right)) warnIfNeverEqual(check, syntax, left, itemOf(right))
      else if (!isOpen(right)) check.report('expression-type', syntax.right, expressionMessages.inType(right))
      return 'Boolean'
    case '&':
      return 'Text'
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      checkArithmetic(check, syntax, left, right)
      return 'Number'
  }
}

function sides({ left, right }: SyntaxOf<'binary'>, one: KnownType, other: KnownType): readonly [Syntax, KnownType][] {
  return [
    [left, one],
    [right, other]
  ]
}

function reportOperand(
  check: Check,
  at: Syntax,
  operator: BinaryOperator,
  expected: 'Boolean' | 'Number',
  found: string
): void {
  const fix = found === 'Text' ? wrapFix(check.source, at, 'Text', [expected]) : undefined
  check.report('expression-type', at, expressionMessages.operandType(`“${operator}”`, expected, found), fix)
}

function checkArithmetic(check: Check, syntax: SyntaxOf<'binary'>, left: KnownType, right: KnownType): void {
  const { operator, at } = syntax
  if (operator === '+' && (left === 'Text' || right === 'Text')) {
    const fix = { title: expressionMessages.fixes.write('&'), source: replaceAt(check.source, at, '&') }
    check.report('expression-type', at, expressionMessages.plusOnText, fix)
  } else if (left === 'Date' || right === 'Date')
    check.report('expression-type', syntax, expressionMessages.dateArithmetic(operator))
  else
    for (const [side, type] of sides(syntax, left, right))
      if (!isOpen(type) && type !== 'Number') reportOperand(check, side, operator, 'Number', type)
}

function checkOrder(check: Check, syntax: SyntaxOf<'binary'>, left: KnownType, right: KnownType): void {
  const known = [left, right].filter((type) => !isOpen(type))
  const [one = 'Any', other = one] = known
  if (known.length === 0) return
  const isOrdered = known.every((type) => type === 'Number' || type === 'Text' || type === 'Date')
  if (isOrdered && one === other) return
  const message = expressionMessages.notComparable(one, other)
  check.report('expression-type', syntax, message, converted(check, syntax, left, right))
}

function warnIfNeverEqual(check: Check, syntax: SyntaxOf<'binary'>, left: KnownType, right: KnownType): void {
  if (isOpen(left) || isOpen(right) || kindOf(left) === kindOf(right)) return
  const message = expressionMessages.neverEqual(left, right)
  check.report('expression-type', syntax, message, converted(check, syntax, left, right), 'warning')
}

/** The mend that makes a number or a date of the side that is a text. */
function converted(
  check: Check,
  { left, right }: SyntaxOf<'binary'>,
  leftType: KnownType,
  rightType: KnownType
): ReturnType<typeof wrapFix> {
  if (leftType === 'Text' && rightType !== undefined) return wrapFix(check.source, left, leftType, [rightType])
  return rightType === 'Text' && leftType !== undefined
    ? wrapFix(check.source, right, rightType, [leftType])
    : undefined
}

/** Values of different kinds are never equal. */
function kindOf(type: string): string {
  if (type.startsWith('List of ')) return 'list'
  return type === 'Email' || type === 'File' || type === 'Template' || type === 'Date' ? 'Record' : type
}
