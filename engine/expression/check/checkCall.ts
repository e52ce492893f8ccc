import { expressionMessages } from '../../messages/expression.ts'
import { nearestName } from '../../model/index.ts'
import { callProblem } from './callProblem.ts'
import type { Check, ItemScope } from './check.ts'
import { replaceAt } from '../expressionProblem.ts'
import type { AnyParameter } from '../functions/functionDefinition.ts'
import { functionTable, parameterAt } from '../functions/functionTable.ts'
import type { Syntax, SyntaxOf } from '../syntax/syntax.ts'
import { type KnownType, isOpen, itemOf, takes } from '../types.ts'
import { wrapFix } from './wrapFix.ts'

const { fixes } = expressionMessages

/** Checks a call: the function, how many arguments it gets, and their types. */
export function checkCall(check: Check, syntax: SyntaxOf<'call'>, item: ItemScope | undefined): KnownType {
  const problem = check.isFull ? undefined : callProblem(syntax, check.source)
  if (problem) check.report(problem.code, problem, problem.message, problem.fix)
  const called = functionTable.get(syntax.name)
  if (!called) {
    for (const arg of syntax.args) check.visit(arg, { type: 'Any' })
    return 'Any'
  }
  const types: KnownType[] = []
  for (const [index, arg] of syntax.args.entries()) {
    const parameter = parameterAt(called, index)
    const type = check.visit(arg, parameter?.perItem === true ? { type: itemOf(types[0]) } : item)
    types.push(type)
    if (parameter) checkArgument(check, syntax.name, parameter, arg, type)
  }
  return typeof called.returns === 'function' ? called.returns(types) : called.returns
}

function checkArgument(check: Check, name: string, parameter: AnyParameter, arg: Syntax, type: KnownType): void {
  const { types, choices } = parameter
  if (!isOpen(type) && !types.some((one) => takes(one, type))) {
    const expected = types.map((one) => (one === 'List of Any' ? 'List' : one)).join(' or ')
    const message = expressionMessages.argumentType(name, parameter.name, expected, type)
    check.report('expression-type', arg, message, wrapFix(check.source, arg, type, types))
  } else if (choices && arg.kind === 'constant' && typeof arg.value === 'string' && !choices.includes(arg.value)) {
    const nearest = nearestName(arg.value, choices)
    const fix =
      nearest === undefined
        ? undefined
        : { title: fixes.use(nearest), source: replaceAt(check.source, arg, `'${nearest}'`) }
    const message = expressionMessages.argumentChoice(name, parameter.name, arg.value, choices)
    check.report('expression-type', arg, message, fix)
  }
}
