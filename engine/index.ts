/** The engine's only door for others. Pure: no Node, no DOM. What needs this computer stands behind host/index.ts. */
export * from './model/index.ts'
export * from './mapping/index.ts'
export * from './check/index.ts'
export * from './edit/index.ts'
export * from './run/index.ts'
export * from './file/index.ts'
export {
  type Completion,
  type Completions,
  type ExpressionScope,
  changeExpressionPaths,
  checkExpression,
  completions,
  expressionPaths,
  pathText
} from './expression/index.ts'
export { builtInSteps, readTable } from './steps/index.ts'
