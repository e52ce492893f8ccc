/** What finding a Join needs to know of the steps, whatever they are made of. */
export interface JoinGraph<S> {
  /** Where each of the ways out of a step leads. */
  nextOf(step: S): Iterable<S>
  isJoin(step: S): boolean
  forks(step: S): boolean
}

/**
 * The Join at which the branches that start at `fork` meet: the first one on their ways, where a Parallel in between
 * takes its own Join with it. Undefined when they lead to none.
 */
export function joinAfter<S>(fork: S, graph: JoinGraph<S>, within: ReadonlySet<S> = new Set()): S | undefined {
  const seen = new Set<S>([fork])
  const ahead = [...graph.nextOf(fork)]
  // A list gives what is added while it is being walked, too.
  for (const step of ahead) {
    if (seen.has(step)) continue
    seen.add(step)
    if (graph.isJoin(step)) return step
    const inner =
      graph.forks(step) && !within.has(step) ? joinAfter(step, graph, new Set([...within, fork])) : undefined
    ahead.push(...graph.nextOf(inner ?? step))
  }
  return undefined
}
