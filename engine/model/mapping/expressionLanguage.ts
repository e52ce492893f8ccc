import type { ValueType } from '../value/valueType.ts'

/** The expression language as the model needs it. It lies above the model, which is given it: see engine/expression. */
export interface ExpressionLanguage {
  /** What an expression gives and what is wrong with it, also with what it gives where `expected` is. */
  readonly checkExpression: (source: string, scope: ExpressionData, expected?: ValueType) => CheckedExpression
  /** The paths that an expression reads; none when it has a mistake. */
  expressionPaths(source: string): readonly { readonly names: readonly string[] }[]
  /** The expression with each path it reads replaced by what `change` makes of its names. */
  changeExpressionPaths(source: string, change: (names: readonly string[]) => readonly string[]): string
}

/** What an expression may read where it stands. */
export interface ExpressionData {
  /** The type of `flow.<name>`, `steps.<id>.<output>` or one name that a body adds; undefined when there is no such. */
  typeOf(path: readonly string[]): ValueType | undefined
  /** All values, for suggestions. */
  known(): readonly { readonly path: readonly string[]; readonly type: ValueType }[]
}

export interface CheckedExpression {
  readonly type: ValueType
  readonly problems: readonly ExpressionMistake[]
}

export interface ExpressionMistake {
  /** Stable, for programs: 'expression-name'. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** A mend: the whole expression with it made. */
  readonly fix?: { readonly title: string; readonly source: string }
}
