import { runMessages } from '../messages/run.ts'
import {
  type Failure,
  type Flow,
  type Value,
  type ValueRecord,
  convert,
  describeMismatch,
  rebaseFiles
} from '../model/index.ts'
import { wants } from './compile/wants.ts'

/** What a caller gave, as the inputs of a flow: checked, converted, initial values filled in. */
export type FlowInputs =
  { readonly ok: true; readonly values: ValueRecord } | { readonly ok: false; readonly problems: readonly Failure[] }

/** Checks `given` against the inputs that `flow`, at `path`, declares; tells all that is wrong. */
export function flowInputs(flow: Flow, path: string, given: ValueRecord): FlowInputs {
  const values: Record<string, Value> = {}
  const problems: Failure[] = []
  for (const name of Object.keys(given)) {
    if (flow.inputs.some((input) => input.name === name)) continue
    const known = flow.inputs.map((input) => `“${input.name}”`).join(', ')
    problems.push({ code: 'flow-input-unknown', message: runMessages.flowInputUnknown(name, flow.name, known) })
  }
  for (const { name, type, required, initial } of flow.inputs) {
    const value = (Object.hasOwn(given, name) ? given[name] : initial) ?? null
    const converted = typeof value === wants[type] ? value : convert(rebaseFiles(path, value, type), type)
    if (converted === undefined)
      problems.push({
        code: 'flow-input-type',
        message: runMessages.flowInputType(name, flow.name, type, describeMismatch(value, type))
      })
    else if (converted === null && required)
      problems.push({ code: 'flow-input-missing', message: runMessages.flowInputMissing(name, flow.name) })
    else values[name] = converted
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values }
}
