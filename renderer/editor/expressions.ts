import { type ExpressionLanguage, changeExpressionPaths, checkExpression, expressionPaths } from '../../engine/index.ts'

/** The expression language, as checks and edits of flows ask for it. */
export const expressions: ExpressionLanguage = { checkExpression, expressionPaths, changeExpressionPaths }
