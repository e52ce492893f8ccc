import { parsedExpression } from './syntax/parsedExpression.ts'
import { type Syntax, partsOf } from './syntax/syntax.ts'

/** The functions that tell the time. */
const clockFunctions: ReadonlySet<string> = new Set(['now', 'today'])

/** Whether an expression asks for the time, so that it may give another value later. */
export function readsClock(source: string): boolean {
  const asks = (syntax: Syntax): boolean =>
    (syntax.kind === 'call' && clockFunctions.has(syntax.name)) || partsOf(syntax).some(asks)
  return asks(parsedExpression(source).tree)
}
