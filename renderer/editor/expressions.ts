import type { ExpressionLanguage } from '../../engine/index.ts'
import { changeExpressionPaths, checkExpression, expressionPaths } from '../../engine/index.ts'

/** The expression language, as checks and edits of flows ask for it. */
export const expressions: ExpressionLanguage = { checkExpression, expressionPaths, changeExpressionPaths }
