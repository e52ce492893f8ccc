import { expect, test } from 'vitest'
import type { FlowEntry, RunSummary } from '../../electron/ipc/contract.ts'
import { sortFlows } from './sortFlows.ts'

const flow = (name: string, editedAt: number): FlowEntry => ({ path: name, name, editedAt, hasDraft: false })
const flows = [flow('Flow 10', 1), flow('flow 2', 3), flow('Apples', 2)]
const run = (startedAt: string): RunSummary => ({ id: 'r', flow: '', name: '', number: 1, startedAt, background: 0 })
const runs = new Map([
  ['Flow 10', run('2026-03-01T10:00:00.000Z')],
  ['Apples', run('2026-03-02T10:00:00.000Z')]
])
const names = (order: 'name' | 'edited' | 'last-run') =>
  sortFlows(flows, order, (each) => runs.get(each.path)).map((each) => each.name)

test('by name, numbers count as numbers', () => {
  expect(names('name')).toEqual(['Apples', 'flow 2', 'Flow 10'])
})

test('by last edit and by last run the newest comes first; flows that never ran come last', () => {
  expect(names('edited')).toEqual(['flow 2', 'Apples', 'Flow 10'])
  expect(names('last-run')).toEqual(['Apples', 'Flow 10', 'flow 2'])
})
