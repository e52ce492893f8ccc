import { expressionMessages } from '../../messages/expression.ts'
import type { ValueType } from '../../model/index.ts'
import { type ExpressionFix, replaceAt } from '../expressionProblem.ts'
import type { Place } from '../syntax/syntax.ts'
import { type KnownType, isListType } from '../types.ts'

/** The mend that turns the value at `place` into a type that is taken, by a function round it; undefined when none does. */
export function wrapFix(
  source: string,
  place: Place,
  from: KnownType,
  taken: readonly ValueType[]
): ExpressionFix | undefined {
  const name = converterOf(from, taken)
  if (name === undefined) return undefined
  const inner = source.slice(place.from, place.to)
  return { title: expressionMessages.fixes.wrap(name), source: replaceAt(source, place, `${name}(${inner})`) }
}

function converterOf(from: KnownType, taken: readonly ValueType[]): string | undefined {
  if (taken.includes('Text')) {
    if (from === 'Number' || from === 'Boolean' || from === 'Date') return 'text'
    if (isListType(from)) return 'join'
  }
  if (from !== 'Text') return undefined
  return taken.includes('Number') ? 'number' : taken.includes('Date') ? 'date' : undefined
}
