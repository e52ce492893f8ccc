import {
  type Flow,
  type Mapping,
  type Step,
  type Value,
  type ValueRecord,
  stepOf,
  textOf,
  valueAt
} from '../../model/index.ts'
import { valueOfSource } from '../random/flows/valueOfSource.ts'
import type { RunFlows } from '../../run/journal/event.ts'

// Questions about a flow as it is drawn and its data, and the simplest steps, for the reference interpreter.

export { textOf } from '../../model/index.ts'

export function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A random flow always has this')
  return value
}

export function flowAt(flows: RunFlows, path: Value | undefined): Flow {
  return sure(flows[textOf(path)])
}

/** The first step of a kind. */
export function stepAt({ steps }: Flow, is: (step: Step) => boolean): Step {
  return sure(steps.find(is))
}

/** Where the flow goes on from `at`. */
export function nextOf(flow: Flow, at: Step, outcome: string): Step | undefined {
  const connection = flow.connections.find((one) => one.from === at.id && one.outcome === outcome)
  return connection && stepOf(flow, connection.to)
}

/** The Join of a Parallel, how many branches are enough, and whether the others are cancelled then. */
export function joinNeedOf(flow: Flow, at: Step): { join: Step | undefined; wanted: number; cancelsRest: boolean } {
  if (at.type === 'for-each') return { join: undefined, wanted: enoughOf(at), cancelsRest: true }
  const join = at.type === 'parallel' ? joinOf(flow, at) : undefined
  const { 'Wait for': mode = 'All', Count: count = 2, 'Cancel the rest': cancels = true } = join?.settings ?? {}
  const wanted = mode === 'Any' ? 1 : mode === 'Count' ? Number(count) : Infinity
  return { join, wanted, cancelsRest: mode !== 'All' && cancels === true }
}

/** How many items of a loop have to end well. */
export function enoughOf({ settings }: Step): number {
  return Number(settings['Enough after'] ?? Infinity)
}

/** The Join at which the paths of a Parallel meet: the first on their ways that is not an inner Parallel's. */
function joinOf(flow: Flow, parallel: Step): Step | undefined {
  const unlessFailing = { ...flow, connections: flow.connections.filter(({ outcome }) => outcome !== 'On Exception') }
  const paths = nextsOf(unlessFailing, parallel)
  return firstJoin(unlessFailing, paths) ?? firstJoin(flow, paths)
}

function firstJoin(flow: Flow, paths: readonly Step[]): Step | undefined {
  const seen = new Set(paths)
  for (const at of seen) {
    if (at.type === 'join') return at
    const inner = at.type === 'parallel' ? joinOf(flow, at) : undefined
    for (const next of nextsOf(flow, inner ?? at)) seen.add(next)
  }
  return undefined
}

/** The outcome along which a step is passed over while it is disabled. */
export function passedOutcomeOf({ type }: Step): string {
  return type === 'if' ? 'True' : type === 'pause-flow' ? 'Resume' : 'Done'
}

/** The Catch Exception that handles a failure at `at`: not on the steps that only it leads to. */
export function handlerOf(flow: Flow, at: Step): Step | undefined {
  const roots = flow.steps.filter(({ type }) => ['start', 'catch-exception', 'catch-outcome'].includes(type))
  const leadsHere = (from: readonly Step[]): boolean => {
    const seen = new Set(from)
    for (const one of seen) for (const next of nextsOf(flow, one)) seen.add(next)
    return seen.has(at)
  }
  return roots.find((one) => {
    return one.type === 'catch-exception' && (leadsHere(roots.filter((other) => other !== one)) || !leadsHere([one]))
  })
}

function nextsOf(flow: Flow, { id }: Step): Step[] {
  return flow.connections.flatMap(({ from, to }) => (from === id ? [stepOf(flow, to) ?? []] : [])).flat()
}

/** The data of one flow call. */
export interface Data {
  readonly flow: Record<string, Value>
  readonly steps: Record<string, ValueRecord>
}

/** The value at `path`, in the data or among what bodies add. */
export function read(data: Data, locals: ValueRecord, path: Value | undefined): Value | undefined {
  return valueAt({ ...locals, ...data }, textOf(path).split('.'))
}

export function evaluate(data: Data, locals: ValueRecord, mapping: Mapping | undefined, now: number): Value {
  if (mapping?.kind === 'list') return mapping.items.map((item) => evaluate(data, locals, item, now))
  if (mapping?.kind === 'constant') return mapping.value
  if (mapping?.kind === 'expression' || mapping?.kind === 'script')
    return valueOfSource(mapping.source, (path) => read(data, locals, path), now)
  return mapping?.kind === 'select' ? (read(data, locals, mapping.path) ?? null) : null
}

/** What a step does that neither takes time nor moves anything: its outcome and outputs. */
export function simpleStep({ type, settings }: Step, inputs: ValueRecord, data: Data): [string, ValueRecord] {
  if (type === 'if') return [inputs['Condition'] === true ? 'True' : 'False', {}]
  if (type === 'pass') return ['Done', { Out: inputs['In'] ?? null }]
  if (type === 'set-value') data.flow[textOf(settings['Variable'])] = inputs['Value'] ?? null
  return [type === 'catch-outcome' ? 'Complete' : 'Done', {}]
}

/** The data a call begins with. */
export function newData({ variables = [] }: Flow): Data {
  return { flow: Object.fromEntries(variables.map(({ name, initial }) => [name, initial ?? null])), steps: {} }
}

/** What the caller gets of an End Step. */
export function outputsOf(flow: Flow, data: Data, locals: ValueRecord, end: Step, now: number): ValueRecord {
  return Object.fromEntries(flow.outputs.map(({ name }) => [name, evaluate(data, locals, end.inputs[name], now)]))
}

/** 0, 1, 2 ... as many as `count` says. */
export function times(count: Value | undefined): number[] {
  return Array.from({ length: Number(count) }, (_, n) => n)
}

/** The name that a document gets: one in use gets a number. */
export function newName(documents: readonly { readonly name: string }[], name: string): string {
  const names = new Set(documents.map((one) => one.name))
  let found = name
  for (let copy = 2; names.has(found); copy++) found = name.replace('.', ` (${copy}).`)
  return found
}
