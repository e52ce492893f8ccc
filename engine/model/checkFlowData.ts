import { checkMessages } from '../messages/check.ts'
import type { Report } from './check.ts'
import { convert, describeType } from './convert.ts'
import type { Survey } from './survey.ts'

/** Checks the inputs and outputs of the flow itself. */
export function checkFlowData({ flow }: Survey, report: Report): void {
  const error = (code: string, message: string): void => report({ code, severity: 'error', message })
  for (const name of twice(flow.inputs)) error('flow-input-twice', checkMessages.flowInputTwice(name))
  for (const name of twice(flow.outputs)) error('flow-output-twice', checkMessages.flowOutputTwice(name))
  for (const { name } of [...flow.inputs, ...flow.outputs])
    if (name.trim() === '' || name in {}) error('name-forbidden', checkMessages.nameForbidden(name))
  for (const { name, type, initial = null } of flow.inputs)
    if (convert(initial, type) === undefined)
      error('initial-type', checkMessages.initialType(name, type, describeType(initial)))
}

/** The names that occur more than once. */
function twice(named: readonly { readonly name: string }[]): Set<string> {
  const seen = new Set<string>()
  return new Set(named.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : [])))
}
