import { onException } from './connection.ts'

/** A way out of a step. */
interface Way<S> {
  readonly outcome: string
  readonly to: S
}

/** What finding a Join needs to know of the steps, whatever they are made of. */
export interface JoinGraph<S> {
  waysOf(step: S): Iterable<Way<S>>
  isJoin(step: S): boolean
  forks(step: S): boolean
}

/**
 * The Join at which the branches that start at `fork` meet: the first one on their ways, where a Parallel in between
 * takes its own Join with it. Where failures lead is looked at last, and where those of the fork itself lead not at
 * all. Undefined when there is none.
 */
export function joinAfter<S>(fork: S, graph: JoinGraph<S>, within: ReadonlySet<S> = new Set()): S | undefined {
  const seen = new Set<S>([fork])
  const ahead: S[] = []
  const aside: S[] = []
  const lookBehind = (step: S): void => {
    for (const { outcome, to } of graph.waysOf(step)) (outcome === onException ? aside : ahead).push(to)
  }
  lookBehind(fork)
  aside.length = 0
  for (let step = ahead.shift(); step !== undefined; step = ahead.shift() ?? aside.shift()) {
    if (seen.has(step)) continue
    seen.add(step)
    if (graph.isJoin(step)) return step
    const inner =
      graph.forks(step) && !within.has(step) ? joinAfter(step, graph, new Set([...within, fork])) : undefined
    lookBehind(inner ?? step)
  }
  return undefined
}
