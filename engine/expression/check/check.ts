import type { ExpressionFix, ExpressionProblem, ExpressionProblemCode } from '../expressionProblem.ts'
import type { ExpressionScope } from './expressionScope.ts'
import type { Place, Syntax, SyntaxOf } from '../syntax/syntax.ts'
import type { KnownType } from '../types.ts'

/** The argument of a list function that surrounds what is checked: what `it` is there. */
export interface ItemScope {
  readonly type: KnownType
}

/** A check while it lasts: what the parts of the checker share. */
export interface Check {
  readonly source: string
  readonly scope: ExpressionScope
  /** Whether so many problems were found that no more are taken, so that looking for suggestions is in vain. */
  readonly isFull: boolean
  report(
    code: ExpressionProblemCode,
    at: Place,
    message: string,
    fix?: ExpressionFix,
    severity?: ExpressionProblem['severity']
  ): void
  /** Tells of a name or member: `of` is the type of the value that it is looked for in. */
  onVisit(syntax: SyntaxOf<'name' | 'member'>, of: KnownType, item: ItemScope | undefined): void
  /** Checks a part and gives its type. */
  visit(syntax: Syntax, item: ItemScope | undefined): KnownType
}
