import type { ExpressionLanguage } from '../model/index.ts'
import { checkExpression } from './check/checkExpression.ts'
import { changeExpressionPaths, expressionPaths } from './expressionPaths.ts'

/** The language as the checker and the edits of the model are given it. */
export const expressionLanguage: ExpressionLanguage = { checkExpression, expressionPaths, changeExpressionPaths }
