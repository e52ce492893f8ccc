import type { Place } from './syntax/syntax.ts'

/** Something wrong with an expression, found without evaluating it. */
export interface ExpressionProblem extends Place {
  /** Stable, for programs: 'expression-syntax', 'expression-name', 'expression-function', 'expression-type'. */
  readonly code: ExpressionProblemCode
  /** An `error` keeps the flow from running; a `warning` does not. */
  readonly severity: 'error' | 'warning'
  /** What is wrong and what to do, for people. */
  readonly message: string
  readonly fix?: ExpressionFix
}

export type ExpressionProblemCode = 'expression-syntax' | 'expression-name' | 'expression-function' | 'expression-type'

/** A mend of an expression. */
export interface ExpressionFix {
  /** Imperative, on a button: 'Use “flow.Count”'. */
  readonly title: string
  /** The whole expression with the mend made. */
  readonly source: string
}

/** `source` with the characters at `place` replaced. */
export function replaceAt(source: string, { from, to }: Place, text: string): string {
  return source.slice(0, from) + text + source.slice(to)
}
