import type { Connection } from './connection.ts'
import type { Flow } from './flow.ts'
import type { StepId } from './step.ts'

/** The connections that leave each step, in the order of the file. */
export function connectionsByStep(flow: Flow): ReadonlyMap<StepId, readonly Connection[]> {
  const ways = new Map<StepId, Connection[]>()
  for (const connection of flow.connections) {
    const known = ways.get(connection.from)
    if (known) known.push(connection)
    else ways.set(connection.from, [connection])
  }
  return ways
}

/** All steps that can be reached from `starts`, themselves included, when each step is left by the connections of `waysOf`. */
export function reach(starts: Iterable<StepId>, waysOf: (step: StepId) => readonly Connection[]): Set<StepId> {
  const reached = new Set(starts)
  // A set gives what is added while it is being walked, too.
  for (const step of reached) for (const { to } of waysOf(step)) reached.add(to)
  return reached
}
