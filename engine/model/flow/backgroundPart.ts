import type { Connection } from './connection.ts'
import type { StepDefinition } from '../step/definition.ts'
import type { Flow } from './flow.ts'
import { reach, waysByStep } from './reach.ts'
import type { StepId } from '../step/step.ts'

/** What goes on after the reply: the steps that are reached only behind a Go Async step, and the connections there. */
export interface BackgroundPart {
  readonly steps: ReadonlySet<StepId>
  /** Keys as `connectionKey` makes them; that of the Go Async step's own outcome is among them. */
  readonly connections: ReadonlySet<string>
}

/** Names a connection inside its flow, `from:outcome`: there is at most one per step and outcome. */
export function connectionKey({ from, outcome }: Pick<Connection, 'from' | 'outcome'>): string {
  return `${from}:${outcome}`
}

/**
 * The background part of a flow. A Go Async step itself stands outside, unless it is only reached in the background.
 * Steps that nothing leads to are in no part, but what stands behind a Go Async that is not reached yet is in this one.
 */
export function backgroundPart(flow: Flow, definitions: readonly StepDefinition[]): BackgroundPart {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  const starting = typesOf(definitions, ({ role }) => role === 'start')
  const catching = typesOf(definitions, ({ role }) => role === 'catch' || role === 'catch-outcome')
  const detaching = typesOf(definitions, (definition) => definition.detaches === true)
  const starts = flow.steps
    .filter(({ type, disabled }) => starting.has(type) || (catching.has(type) && !disabled))
    .map(({ id }) => id)
  const detachers = new Set(flow.steps.filter((step) => detaching.has(step.type) && !step.disabled).map(({ id }) => id))
  const ways = waysByStep(flow, ({ type }) => byType.get(type))
  const waysOf = (step: StepId): readonly Connection[] => ways.get(step) ?? []

  const foreground = reach(starts, (step) => (detachers.has(step) ? [] : waysOf(step)))
  const behind = [...detachers].flatMap((step) => waysOf(step).map(({ to }) => to))
  const known = new Set(flow.steps.map((step) => step.id))
  const steps = new Set([...reach(behind, waysOf)].filter((step) => known.has(step) && !foreground.has(step)))
  const connections = flow.connections
    .filter(({ from }) => steps.has(from) || detachers.has(from))
    .map((connection) => connectionKey(connection))
  return { steps, connections: new Set(connections) }
}

function typesOf(definitions: readonly StepDefinition[], is: (definition: StepDefinition) => boolean): Set<string> {
  return new Set(definitions.filter(is).map((definition) => definition.type))
}
