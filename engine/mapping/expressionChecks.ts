import { type ExpressionCheck, type ExpressionScope, checkExpression } from '../expression/index.ts'
import type { Mapping, ValueType } from '../model/index.ts'

/** What was found right in an expression, and what it relied on. */
interface Remembered {
  readonly expected: ValueType | undefined
  readonly read: readonly { readonly names: readonly string[]; readonly type: ValueType | undefined }[]
  readonly checked: ExpressionCheck
}

const remembered = new WeakMap<Mapping, Remembered>()

/**
 * Checks the expression of a mapping. While a flow is drawn most of them stay as they are: one that was right is right
 * as long as what it reads has the same types.
 */
export function checkOnce(
  mapping: Extract<Mapping, { kind: 'expression' }>,
  scope: ExpressionScope,
  expected?: ValueType
): ExpressionCheck {
  const known = remembered.get(mapping)
  if (known?.expected === expected && known?.read.every(({ names, type }) => scope.typeOf(names) === type))
    return known.checked
  const read: { readonly names: readonly string[]; readonly type: ValueType | undefined }[] = []
  const watched: ExpressionScope = {
    typeOf(names) {
      const type = scope.typeOf(names)
      read.push({ names: [...names], type })
      return type
    },
    known: () => scope.known()
  }
  const checked = checkExpression(mapping.source, watched, expected)
  if (checked.problems.length === 0) remembered.set(mapping, { expected, read, checked })
  else remembered.delete(mapping)
  return checked
}
