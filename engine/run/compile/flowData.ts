import { type Clock, type StepId, type Value, type ValueRecord, parsePath, valueAt } from '../../model/index.ts'
import { type StepOutputs, branchOutputs, copyOutputs, outputsAt } from './stepOutputs.ts'

/**
 * The named values of one flow call. Values are never changed in place, so a copy of the two collections is a full copy.
 */
export interface FlowData extends StepOutputs {
  /** Inputs and variables of the flow, each at its place; undefined for an input that was not given. */
  readonly flow: (Value | undefined)[]
  readonly clock: Pick<Clock, 'now'>
}

/** Where the data of a flow call is found. */
export interface FlowPlaces {
  /** The place of what a step gave, by its id. */
  readonly indexes: ReadonlyMap<StepId, number>
  /** The place of each input and variable of the flow, by name. */
  readonly values: ReadonlyMap<string, number>
}

/** The values that bodies add, innermost first. */
export interface Locals {
  readonly values: ValueRecord
  readonly outer: Locals | undefined
}

/** Reads one value; undefined when there is none. */
export type Reader = (data: FlowData, locals: Locals | undefined) => Value | undefined

/** Data as it was, for a background thread to work on. */
export function copyData(data: FlowData): FlowData {
  const { steps, own } = copyOutputs(data)
  return { flow: data.flow.slice(), clock: data.clock, steps, own }
}

/** Data for a branch: it shares the values of the flow, and what its steps give is its own. */
export function branchData({ flow, clock }: FlowData, before: StepOutputs): FlowData {
  const { steps, own } = branchOutputs(before)
  return { flow, clock, steps, own }
}

/** Makes reading `path` (`flow.Name`, `steps.id.Output`, or a name that a body adds) ready. */
export function readerOf(path: string | readonly string[], places: FlowPlaces): Reader {
  const [root = '', name = '', ...rest] = typeof path === 'string' ? parsePath(path) : path
  if (root === 'flow') {
    const place = places.values.get(name)
    if (place === undefined) return () => undefined
    return rest.length === 0 ? (data) => data.flow[place] : (data) => valueAt(data.flow[place], rest)
  }
  if (root === 'steps') {
    const index = places.indexes.get(name) ?? -1
    const [output] = rest
    if (rest.length === 1 && output !== undefined) {
      return (data) => {
        const outputs = outputsAt(data, index)
        return outputs && Object.hasOwn(outputs, output) ? outputs[output] : undefined
      }
    }
    return (data) => valueAt(outputsAt(data, index), rest)
  }
  const inside = name === '' ? rest : [name, ...rest]
  return (_, locals) => {
    for (let scope = locals; scope; scope = scope.outer)
      if (Object.hasOwn(scope.values, root)) return valueAt(scope.values[root], inside)
    return undefined
  }
}

/** All of the data as one record, for a script: `flow`, `steps` by id, and what bodies add. */
export function dataRecord(
  data: FlowData,
  locals: Locals | undefined,
  { ids, values }: Pick<FlowPlaces, 'values'> & { readonly ids: readonly StepId[] }
): ValueRecord {
  const added: Record<string, Value> = {}
  for (let scope = locals; scope; scope = scope.outer)
    for (const [name, value] of Object.entries(scope.values)) if (!Object.hasOwn(added, name)) added[name] = value
  const steps: Record<string, Value> = {}
  for (const [index, id] of ids.entries()) {
    const outputs = outputsAt(data, index)
    if (outputs) steps[id] = outputs
  }
  const flow = [...values].map(([name, place]): [string, Value | undefined] => [name, data.flow[place]])
  return { ...added, flow: Object.fromEntries(flow.filter(isThere)), steps }
}

const isThere = (entry: [string, Value | undefined]): entry is [string, Value] => entry[1] !== undefined
