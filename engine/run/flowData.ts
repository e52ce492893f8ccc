import { parsePath } from '../model/path.ts'
import type { StepId } from '../model/step.ts'
import { type Value, type ValueRecord, valueAt } from '../model/value.ts'

/** The named values of one flow call. Values are never changed in place, so a copy of the two maps is a full copy. */
export interface FlowData {
  /** Inputs and variables of the flow. */
  readonly flow: Map<string, Value>
  /** What each step gave the last time it was passed. */
  readonly steps: Map<StepId, ValueRecord>
}

/** Data as it was, for a background thread to work on. */
export function copyData(data: FlowData): FlowData {
  return { flow: new Map(data.flow), steps: new Map(data.steps) }
}

/** The value at `path`; `locals` are the values that loop bodies add, innermost last. Undefined when there is none. */
export function readData(data: FlowData, locals: readonly ValueRecord[], path: string): Value | undefined {
  const [root = '', name = '', ...rest] = parsePath(path)
  if (root === 'flow') return valueAt(data.flow.get(name), rest)
  if (root === 'steps') return valueAt(data.steps.get(name), rest)
  const scope = locals.findLast((values) => Object.hasOwn(values, root))
  return scope && valueAt(scope[root], name === '' ? rest : [name, ...rest])
}
