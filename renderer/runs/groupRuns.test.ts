import { expect, test } from 'vitest'
import type { RunSummary } from '../../electron/ipc/contract.ts'
import { groupRuns } from './groupRuns.ts'

const run = (id: string, more: Partial<RunSummary>): RunSummary => ({
  id,
  flow: 'a',
  name: 'A',
  number: 1,
  startedAt: '2026-03-01T10:00:00.000Z',
  background: 0,
  ...more
})
const replied = { outcome: 'End Step', at: 12 }

test('runs in the background come first, settled ones last, and empty groups are left out', () => {
  const groups = groupRuns([
    run('settled', { replied, settled: { state: 'completed', at: 20 } }),
    run('interrupted', { replied, interrupted: true }),
    run('background', { replied, background: 1 }),
    run('failed', { settled: { state: 'failed', at: 20 } })
  ])
  expect(groups.map(({ id, runs }) => [id, runs.map((each) => each.id)])).toEqual([
    ['background', ['background']],
    ['needs-you', ['interrupted']],
    ['earlier', ['settled', 'failed']]
  ])
})

test('an interrupted run that was started elsewhere needs nobody', () => {
  const groups = groupRuns([run('theirs', { interrupted: true, foreign: true }), run('own', { interrupted: true })])
  expect(groups.map(({ id, runs }) => [id, runs.map((each) => each.id)])).toEqual([
    ['needs-you', ['own']],
    ['elsewhere', ['theirs']]
  ])
})

test('a run without a reply is running, not in the background', () => {
  expect(groupRuns([run('a', {})]).map(({ id }) => id)).toEqual(['running'])
})
