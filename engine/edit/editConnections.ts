import { checkMessages } from '../messages/check.ts'
import {
  type Connection,
  type Flow,
  type FlowDocument,
  type StepDefinition,
  type StepId,
  stepOf
} from '../model/index.ts'

/** Connects an outcome with a step, instead of where it led before. */
export function connect(document: FlowDocument, connection: Connection): FlowDocument {
  const { connections } = document.flow
  const same = connections.filter((known) => leavesAlike(known, connection))
  if (same.length === 1 && same[0]?.to === connection.to) return document
  const index = connections.findIndex((known) => leavesAlike(known, connection))
  if (index < 0) return withConnections(document, [...connections, connection])
  const others = connections.filter((known, at) => at === index || !leavesAlike(known, connection))
  return withConnections(document, others.with(index, { ...others[index], ...connection }))
}

/** Takes away the connection that leaves `from` by `outcome`. */
export function disconnect(document: FlowDocument, from: StepId, outcome: string): FlowDocument {
  return removeConnections(document, (known) => leavesAlike(known, { from, outcome }))
}

/**
 * Takes a step out of its way and puts it behind another one: what led to it leads past it, and `after` leads to it by
 * `outcome`. `onward` is the outcome by which the step goes on.
 */
export function moveBehind(
  document: FlowDocument,
  step: StepId,
  onward: string,
  { from: after, outcome }: Pick<Connection, 'from' | 'outcome'>
): FlowDocument {
  const { connections } = document.flow
  const next = connections.find((known) => leavesAlike(known, { from: step, outcome: onward }))?.to
  const behind = connections.find((known) => leavesAlike(known, { from: after, outcome }))?.to
  if (next === undefined || behind === step || after === step) return document
  const past = connections
    .filter(
      (known) => !leavesAlike(known, { from: step, outcome: onward }) && !leavesAlike(known, { from: after, outcome })
    )
    .map((known) => (known.to === step ? { ...known, to: next } : known))
  const moved = [{ from: after, outcome, to: step }]
  if (behind !== undefined) moved.push({ from: step, outcome: onward, to: behind })
  return withConnections(document, [...past, ...moved])
}

/** Takes away all connections that `which` picks. */
export function removeConnections(document: FlowDocument, which: (connection: Connection) => boolean): FlowDocument {
  const kept = document.flow.connections.filter((connection) => !which(connection))
  return kept.length === document.flow.connections.length ? document : withConnections(document, kept)
}

/** Why no connection may lead from one step to another, as a sentence; undefined when one may. */
export function whyNotConnect(
  flow: Flow,
  definitions: readonly StepDefinition[],
  from: StepId,
  to: StepId
): string | undefined {
  const source = stepOf(flow, from)
  const target = stepOf(flow, to)
  if (!source) return checkMessages.connectionFromUnknown(from)
  if (!target) return checkMessages.connectionToUnknown(source.name, to)
  const roleOf = (type: string) => definitions.find((definition) => definition.type === type)?.role
  if (roleOf(target.type) === 'start') return checkMessages.connectionIntoStart(source.name, target.name)
  const role = roleOf(target.type)
  if (role === 'catch' || role === 'catch-outcome') return checkMessages.connectionIntoCatch(source.name, target.name)
  if (roleOf(source.type) === 'end') return checkMessages.connectionFromEnd(source.name)
  return undefined
}

function leavesAlike(one: Pick<Connection, 'from' | 'outcome'>, other: Pick<Connection, 'from' | 'outcome'>): boolean {
  return one.from === other.from && one.outcome === other.outcome
}

function withConnections(document: FlowDocument, connections: readonly Connection[]): FlowDocument {
  return { ...document, flow: { ...document.flow, connections } }
}
