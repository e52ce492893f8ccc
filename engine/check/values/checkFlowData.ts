import { checkMessages } from '../../messages/check.ts'
import type { Report } from '../check.ts'
import { convert, describeMismatch } from '../../model/index.ts'
import type { Survey } from '../survey.ts'

/** Checks the inputs, outputs and variables of the flow itself. */
export function checkFlowData({ flow }: Survey, report: Report): void {
  const error = (code: string, message: string): void => report({ code, severity: 'error', message })
  const { inputs, outputs, variables = [] } = flow
  for (const name of twice(inputs)) error('flow-input-twice', checkMessages.flowInputTwice(name))
  for (const name of twice(outputs)) error('flow-output-twice', checkMessages.flowOutputTwice(name))
  for (const name of twice(variables)) error('flow-variable-twice', checkMessages.variableTwice(name))
  const inputNames = new Set(inputs.map(({ name }) => name))
  for (const { name } of variables)
    if (inputNames.has(name)) error('flow-variable-is-input', checkMessages.variableIsInput(name))
  for (const { name } of [...inputs, ...outputs, ...variables])
    if (name.trim() === '' || name in {}) error('name-forbidden', checkMessages.nameForbidden(name))
  for (const { name, type, initial = null } of inputs)
    if (convert(initial, type) === undefined)
      error('initial-type', checkMessages.initialType(name, type, describeMismatch(initial, type)))
  for (const { name, type, initial = null } of variables)
    if (convert(initial, type) === undefined)
      error('initial-type', checkMessages.variableInitial(name, type, describeMismatch(initial, type)))
}

/** The names that occur more than once. */
export function twice(named: readonly { readonly name: string }[]): Set<string> {
  const seen = new Set<string>()
  return new Set(named.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : [])))
}
