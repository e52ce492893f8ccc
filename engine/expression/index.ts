/** Expressions: the small language of mappings and conditions. `functionPage` is its page; no Node, no packages. */
export {
  type CompiledExpression,
  type ExpressionReader,
  type ExpressionSurroundings,
  compileExpression
} from './evaluate/compileExpression.ts'
export { type ExpressionCheck, checkExpression } from './check/checkExpression.ts'
export { type Completion, type Completions, completions } from './completions.ts'
export { type ExpressionPath, changeExpressionPaths, expressionPaths } from './expressionPaths.ts'
export type { ExpressionFix, ExpressionProblem, ExpressionProblemCode } from './expressionProblem.ts'
export { type ExpressionScope, type KnownValue, pathText } from './check/expressionScope.ts'
export { readsClock } from './readsClock.ts'
export { functionPage } from './functionPage.ts'
