import { siblingPath } from '../flow/siblingPath.ts'
import type { Value } from './value.ts'
import { type ValueType, itemTypeOf } from './valueType.ts'

/**
 * `value`, which the flow at `flow` gives for something of `type`, with the texts among it that stand for files as paths
 * that begin where `flow` begins: in a flow, the path of a file begins at the folder of that flow.
 */
export function rebaseFiles(flow: string, value: Value, type: ValueType): Value {
  if ((itemTypeOf(type) ?? type) !== 'File') return value
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => rebase(flow, one))
  return rebase(flow, value)
}

function rebase(flow: string, value: Value): Value {
  return typeof value === 'string' && value !== '' ? siblingPath(flow, value) : value
}
