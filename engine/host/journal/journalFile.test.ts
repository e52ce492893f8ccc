import { describe, expect, it } from 'vitest'
import type { RunEvent, RunFact } from '../../run/index.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { createJournal, openJournal } from './createJournal.ts'
import { readJournal } from './readJournal.ts'

const started: RunFact = {
  event: 'RunStarted',
  run: 'r',
  flow: 'a.flow.json',
  flows: { 'a.flow.json': { id: 'a', name: 'A', inputs: [], outputs: [], steps: [], connections: [] } },
  inputs: {},
  startedAt: '2026-01-02T03:04:05.000Z'
}
const logged = (message: string): RunFact => ({
  event: 'Logged',
  thread: 0,
  frame: 0,
  step: 'log-1',
  level: 'info',
  message
})
const settled: RunFact = { event: 'RunSettled', state: 'completed' }

const event = (seq: number, fact = logged(`line ${seq} · äöü`)): RunEvent => ({ seq, at: seq / 4, ...fact })
const events = (count: number): RunEvent[] => Array.from({ length: count }, (_, i) => event(i + 1))

describe('a journal', () => {
  it('goes over several segments, is opened again, and ends when the run is settled', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(folder, { segmentSize: 2000 })
    const all = [event(1, started), ...events(100).slice(1)]
    for (const one of all) {
      journal.append(one)
      if (one.seq % 10 === 0) await journal.durable()
    }
    await journal.durable()
    const content = await readJournal(folder)
    expect(content.events).toEqual(all)
    expect(content.torn).toBeUndefined()
    await journal.close()
    const again = await openJournal(folder)
    again.journal.append(event(101, settled))
    await again.journal.close()
    expect(await readJournal(folder)).toMatchObject({ ended: true })
  })
})
