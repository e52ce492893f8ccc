/** TEMPORARY until the expression language is merged. */
import type { Value } from '../model/value.ts'
export interface CompiledExpression { evaluate(read: (path: readonly string[]) => Value | undefined): Value }
export function compileExpression(source: string): CompiledExpression {
  return { evaluate: (read) => read(source.split('.')) ?? null }
}
