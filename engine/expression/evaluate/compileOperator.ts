import type { Value } from '../../model/index.ts'
import type { Evaluate, Evaluation } from './evaluation.ts'
import type { BinaryOperator } from '../syntax/syntax.ts'
import { asText, compare, finite, isList, same } from './values.ts'

/*
 * What the operators do, as closures. Numbers and comparisons with a constant come up most and have closures of their
 * own: one call less each time.
 */

/** Makes a binary operation ready. `constant` is the value on the right where it is always the same. */
export function compileBinary<E extends Evaluation>(
  operator: BinaryOperator,
  left: Evaluate<E>,
  right: Evaluate<E>,
  constant: Value | undefined
): Evaluate<E> {
  switch (operator) {
    case 'and':
      return (evaluation) => left(evaluation) === true && right(evaluation) === true
    case 'or':
      return (evaluation) => left(evaluation) === true || right(evaluation) === true
    case '=':
      return equality(left, right, constant)
    case '!=': {
      const equal = equality(left, right, constant)
      return (evaluation) => !equal(evaluation)
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typeof constant === 'number'
        ? compareWithNumber(operator, left, constant)
        : compareBoth(operator, left, right)
    case 'in':
      return (evaluation) => {
        const item = left(evaluation)
        const list = right(evaluation)
        if (!isList(list)) return null
        evaluation.look(list)
        return list.some((one) => same(one, item, evaluation))
      }
    case '&':
      return (evaluation) =>
        evaluation.made(asText(left(evaluation), evaluation) + asText(right(evaluation), evaluation))
    case '+':
      if (typeof constant === 'number')
        return (evaluation) => {
          const one = left(evaluation)
          return typeof one === 'number' ? finite(one + constant) : null
        }
      return (evaluation) => {
        const one = left(evaluation)
        const other = right(evaluation)
        return typeof one === 'number' && typeof other === 'number' ? finite(one + other) : null
      }
    case '-':
      return arithmetic(left, right, (one, other) => one - other)
    case '*':
      return arithmetic(left, right, (one, other) => one * other)
    case '/':
      return arithmetic(left, right, (one, other) => one / other)
    case '%':
      return arithmetic(left, right, (one, other) => one % other)
  }
}

/** Makes `-` or `not` ready. */
export function compileUnary<E extends Evaluation>(operator: '-' | 'not', operand: Evaluate<E>): Evaluate<E> {
  if (operator === 'not') return (evaluation) => operand(evaluation) !== true
  return (evaluation) => {
    const value = operand(evaluation)
    return typeof value === 'number' ? finite(-value) : null
  }
}

function arithmetic<E extends Evaluation>(
  left: Evaluate<E>,
  right: Evaluate<E>,
  run: (one: number, other: number) => number
): Evaluate<E> {
  return (evaluation) => {
    const one = left(evaluation)
    const other = right(evaluation)
    return typeof one === 'number' && typeof other === 'number' ? finite(run(one, other)) : null
  }
}

function equality<E extends Evaluation>(
  left: Evaluate<E>,
  right: Evaluate<E>,
  constant: Value | undefined
): (evaluation: E) => boolean {
  const isShort = typeof constant === 'string' && constant.length < 100
  if (isShort || constant === null || typeof constant === 'number' || typeof constant === 'boolean')
    return (evaluation) => left(evaluation) === constant
  return (evaluation) => same(left(evaluation), right(evaluation), evaluation)
}

type Comparison = '<' | '<=' | '>' | '>='

function compareWithNumber<E extends Evaluation>(operator: Comparison, left: Evaluate<E>, limit: number): Evaluate<E> {
  switch (operator) {
    case '<':
      return (evaluation) => {
        const value = left(evaluation)
        return typeof value === 'number' && value < limit
      }
    case '<=':
      return (evaluation) => {
        const value = left(evaluation)
        return typeof value === 'number' && value <= limit
      }
    case '>':
      return (evaluation) => {
        const value = left(evaluation)
        return typeof value === 'number' && value > limit
      }
    case '>=':
      return (evaluation) => {
        const value = left(evaluation)
        return typeof value === 'number' && value >= limit
      }
  }
}

function compareBoth<E extends Evaluation>(operator: Comparison, left: Evaluate<E>, right: Evaluate<E>): Evaluate<E> {
  switch (operator) {
    case '<':
      return (evaluation) => orderOf(left(evaluation), right(evaluation), evaluation) < 0
    case '<=':
      return (evaluation) => orderOf(left(evaluation), right(evaluation), evaluation) <= 0
    case '>':
      return (evaluation) => orderOf(left(evaluation), right(evaluation), evaluation) > 0
    case '>=':
      return (evaluation) => orderOf(left(evaluation), right(evaluation), evaluation) >= 0
  }
}

/** As `compare`, but NaN, which makes every comparison false, where there is no order. */
function orderOf(one: Value, other: Value, evaluation: Evaluation): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return compare(one, other, evaluation) ?? Number.NaN
}
