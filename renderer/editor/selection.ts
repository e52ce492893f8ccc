import type { Connection, FlowDocument, StepId } from '../../engine/index.ts'

/** What is chosen on the canvas: steps, or connections, each named by the step and outcome it leaves. */
export interface Selection {
  readonly steps: readonly StepId[]
  readonly connections: readonly ConnectionEnd[]
}

/** Names a connection: there is at most one per step and outcome. */
export type ConnectionEnd = Pick<Connection, 'from' | 'outcome'>

export const nothingSelected: Selection = { steps: [], connections: [] }

/** The selection of these steps and nothing else. */
export function selectSteps(...steps: readonly StepId[]): Selection {
  return { steps, connections: [] }
}

/** The selection without what the document does not hold (any more). */
export function keepExisting(selection: Selection, { flow }: FlowDocument): Selection {
  const steps = selection.steps.filter((id) => flow.steps.some((step) => step.id === id))
  const connections = selection.connections.filter((end) =>
    flow.connections.some((connection) => connection.from === end.from && connection.outcome === end.outcome)
  )
  const unchanged = steps.length === selection.steps.length && connections.length === selection.connections.length
  return unchanged ? selection : { steps, connections }
}

export function isEmpty(selection: Selection): boolean {
  return selection.steps.length === 0 && selection.connections.length === 0
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return (
    a.steps.length === b.steps.length &&
    a.connections.length === b.connections.length &&
    a.steps.every((id, i) => id === b.steps[i]) &&
    a.connections.every((end, i) => end.from === b.connections[i]?.from && end.outcome === b.connections[i].outcome)
  )
}
