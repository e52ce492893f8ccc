import { expressionMessages } from '../../messages/expression.ts'
import { nearestName } from '../../model/index.ts'
import { type ExpressionProblem, replaceAt } from '../expressionProblem.ts'
import { argumentCounts, functionTable, signatureOf } from '../functions/functionTable.ts'
import type { SyntaxOf } from '../syntax/syntax.ts'

/** What is wrong with a call whatever its arguments are: no such function, or too few or too many of them. */
export function callProblem(
  { name, at, args, from, to }: SyntaxOf<'call'>,
  source: string
): ExpressionProblem | undefined {
  const problem = { code: 'expression-function', severity: 'error', from, to } as const
  const called = functionTable.get(name)
  if (!called) {
    const nearest = nearestName(name, functionTable.keys())
    const message = expressionMessages.functionUnknown(name, nearest)
    if (nearest === undefined) return { ...problem, ...at, message }
    const fix = { title: expressionMessages.fixes.use(nearest), source: replaceAt(source, at, nearest) }
    return { ...problem, ...at, message, fix }
  }
  const { least, most } = argumentCounts(called)
  const signature = signatureOf(called)
  if (args.length < least) {
    const missing = called.parameters[args.length]?.name ?? ''
    return { ...problem, message: expressionMessages.argumentMissing(name, missing, signature) }
  }
  const tooMany = args[most]
  if (!tooMany) return undefined
  const last = args.at(-1) ?? tooMany
  return {
    ...problem,
    from: tooMany.from,
    to: last.to,
    message: expressionMessages.argumentsTooMany(name, most, signature)
  }
}
