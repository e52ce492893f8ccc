import type { Connection } from './connection.ts'
import type { StepDefinition } from '../step/definition.ts'
import type { Flow } from './flow.ts'
import { settingsOf } from './shape.ts'
import type { Step, StepId } from '../step/step.ts'

/** The ways that leave each step: its connections in the order of the file, and where it jumps to (outcome ''). */
export function waysByStep(
  flow: Flow,
  definitionOf: (step: Step) => StepDefinition | undefined
): ReadonlyMap<StepId, readonly Connection[]> {
  const ways = new Map<StepId, Connection[]>()
  const add = (way: Connection): void => {
    const known = ways.get(way.from)
    if (known) known.push(way)
    else ways.set(way.from, [way])
  }
  for (const connection of flow.connections) add(connection)
  for (const step of flow.steps) {
    const definition = definitionOf(step)
    const to = definition?.jumpsTo?.(settingsOf(definition, step))
    if (to !== undefined) add({ from: step.id, outcome: '', to })
  }
  return ways
}

/**
 * All steps that can be reached from `starts`, themselves included, when each step is left by the ways that `waysOf`
 * gives. What `stops` holds is never come to.
 */
export function reach(
  starts: Iterable<StepId>,
  waysOf: (step: StepId) => readonly Connection[],
  stops?: ReadonlySet<StepId>
): Set<StepId> {
  const reached = new Set<StepId>()
  for (const start of starts) if (!stops?.has(start)) reached.add(start)
  // A set gives what is added while it is being walked, too.
  for (const step of reached) for (const { to } of waysOf(step)) if (!stops?.has(to)) reached.add(to)
  return reached
}
