import { expect, test } from 'vitest'
import type { RunSummary } from '../../electron/ipc/contract.ts'
import { pairOfRun } from './pairOfRun.ts'

const replied = { outcome: 'End Step', at: 12 }
const place = { step: 'Send Email 1', done: 431, total: 1200 }
const run = (more: Partial<RunSummary>): RunSummary => ({
  id: 'r',
  flow: 'a',
  name: 'A',
  number: 1,
  startedAt: '2026-03-01T10:00:00.000Z',
  background: 0,
  ...more
})
const words = (more: Partial<RunSummary>) => {
  const { reply, settled } = pairOfRun(run(more))
  return [reply.state, reply.text, settled.state, settled.text]
}

test('before the reply: no reply yet, and where it runs', () => {
  expect(words({})).toEqual(['none', 'No reply yet', 'running', 'Running'])
  expect(words({ place })).toEqual(['none', 'No reply yet', 'running', 'Send Email 1 · 431 of 1,200'])
})

test('after the reply the rest goes on in the background, with its progress', () => {
  expect(words({ replied, background: 1, place })).toEqual([
    'given',
    'Replied 12 ms',
    'background',
    '431 of 1,200 in background'
  ])
  expect(pairOfRun(run({ replied, place })).settled.progress).toBeCloseTo(431 / 1200)
  expect(words({ replied, place: { step: 'Log' } })[3]).toBe('Log in background')
})

test('settled is told apart from the reply, also when both came at once', () => {
  expect(words({ replied, settled: { state: 'completed', at: 298_000 } })[3]).toBe('Settled 4 min 58 s')
  expect(words({ replied, settled: { state: 'completed', at: 12.3 } })[3]).toBe('Settled with the reply')
})

test('failures say where, and never take the reply away', () => {
  expect(words({ replied, place, settled: { state: 'background failed', at: 50 } })).toEqual([
    'given',
    'Replied 12 ms',
    'failed',
    'Background failed at Send Email 1'
  ])
  expect(words({ settled: { state: 'failed', at: 40 } })).toEqual(['failed', 'Failed 40 ms', 'failed', 'Settled 40 ms'])
})

test('cancelled and interrupted runs without a reply will have none', () => {
  expect(words({ settled: { state: 'cancelled', at: 900 } })).toEqual([
    'none',
    'No reply',
    'cancelled',
    'Cancelled after 900 ms'
  ])
  expect(words({ interrupted: true, place })).toEqual(['none', 'No reply', 'kept', 'Interrupted at Send Email 1'])
  const damaged = 'The journal is damaged at line 7.'
  expect(words({ interrupted: true, damaged, place })).toEqual([
    'none',
    'No reply',
    'failed',
    'Damaged at Send Email 1'
  ])
})
