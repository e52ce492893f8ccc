import { connectionKey } from '../../engine/index.ts'
import type { Selection } from '../editor/selection.ts'
import type { ConnectionEdgeType, ReplyEdgeType, StepNodeType } from './nodes.ts'

/** What Svelte Flow calls selected, in our words. */
export function selectionOf({
  nodes,
  edges
}: {
  readonly nodes: readonly StepNodeType[]
  readonly edges: readonly (ConnectionEdgeType | ReplyEdgeType)[]
}): Selection {
  return {
    steps: nodes.map(({ id }) => id),
    connections: edges.flatMap((edge) =>
      edge.type === 'connection' && edge.data
        ? [{ from: edge.data.line.connection.from, outcome: edge.data.line.connection.outcome }]
        : []
    )
  }
}

/** Whether two selections hold the same things, in whatever order. */
export function sameChoice(a: Selection, b: Selection): boolean {
  return sameItems(a.steps, b.steps) && sameItems(a.connections.map(connectionKey), b.connections.map(connectionKey))
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a)
  return known.size === new Set(b).size && b.every((item) => known.has(item))
}
