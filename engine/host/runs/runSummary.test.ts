import { expect, it } from 'vitest'
import type { RunEvent, RunFact } from '../../run/index.ts'
import { runStarted } from '../testing/journalEvents.ts'
import { summarize } from './runSummary.ts'

const told = (...facts: RunFact[]): RunEvent[] => facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index }))

it('a run that is retried is not settled any more, and settles anew', () => {
  const error = { code: 'down', message: 'Down.' }
  const at = { thread: 1, frame: 0, step: 'send' }
  const events = told(
    runStarted,
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' },
    { event: 'ThreadStarted', thread: 1, name: 'Background 1', kind: 'background' },
    { event: 'StepFailed', ...at, error, handled: false },
    { event: 'ThreadEnded', thread: 1, end: 'failed', error },
    { event: 'RunSettled', state: 'background failed', error },
    { event: 'RunRetried', retriedAt: '2026-01-03', threads: [1], frames: [], steps: [at], visits: [at] },
    { event: 'RunResumed', resumedAt: '2026-01-03', epoch: 2, inDoubt: 'skip' },
    { event: 'ThreadEnded', thread: 1, end: 'completed' },
    { event: 'RunSettled', state: 'completed' }
  )
  expect(summarize(events.slice(0, 6))).toMatchObject({ settled: { state: 'background failed' }, failedAt: 'send' })
  const going = summarize(events.slice(0, 8))
  expect(going).toMatchObject({ retries: 1, background: 1, epoch: 2 })
  expect([going?.settled, going?.failedAt]).toEqual([undefined, undefined])
  expect(summarize(events)).toMatchObject({ retries: 1, background: 0, settled: { state: 'completed' } })
})
