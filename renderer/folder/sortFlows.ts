import type { FlowEntry, RunSummary } from '../../electron/ipc/contract.ts'

/** The orders in which flows are listed, with the words people see. */
export const flowOrders = { 'last-run': 'Last run', edited: 'Last edited', name: 'Name' } as const

export type FlowOrder = keyof typeof flowOrders

/** The flows in the given order; equal ones by name. `lastRun` answers the newest run of a flow. */
export function sortFlows(
  flows: readonly FlowEntry[],
  order: FlowOrder,
  lastRun: (flow: FlowEntry) => RunSummary | undefined
): FlowEntry[] {
  const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  const byName = (a: FlowEntry, b: FlowEntry) => names.compare(a.name, b.name)
  const key = (flow: FlowEntry) =>
    order === 'edited' ? flow.editedAt : order === 'last-run' ? Date.parse(lastRun(flow)?.startedAt ?? '') || 0 : 0
  return [...flows].sort((a, b) => key(b) - key(a) || byName(a, b))
}
