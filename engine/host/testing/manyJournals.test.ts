import { mkdir, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../run/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { createJournal } from '../journal/createJournal.ts'
import { openPages } from '../journal/journalPages.ts'
import { journalLine } from '../journal/journalLine.ts'
import { segmentFile, segmentSize } from '../journal/segments.ts'
import { listRun, listRuns, readRun } from '../runs/runsList.ts'
import { summarize, writeSummary } from '../runs/runSummary.ts'
import { faultRounds, faultTime, tellFaults } from './faultRounds.ts'
import { journalEvents, runSettled } from './journalEvents.ts'
import { readBytes } from './readBytes.ts'

/** The events of a long run that has replied long ago. */
function longRun(count: number): RunEvent[] {
  const events = journalEvents(count)
  events[1] = { seq: 2, at: 1, event: 'Replied', thread: 0, outcome: 'End Step', step: 'end', outputs: { Count: 3 } }
  return events
}

/** The folder of a run that was killed, whose summary knows of all but the last `unknown` events; of none: without one. */
async function killedRun(folder: string, events: readonly RunEvent[], unknown: number | 'all'): Promise<void> {
  await mkdir(folder, { recursive: true })
  const journal = await createJournal(folder, { segmentSize: 300_000 })
  for (const event of events) journal.append(event)
  await journal.close()
  const summary = unknown === 'all' ? undefined : summarize(events.slice(0, events.length - unknown))
  if (summary) await writeSummary(folder, summary)
}

describe('the list of runs with long journals', () => {
  it('tells the same as the whole journals do, from their summaries and ends', async () => {
    const base = await temporaryFolder()
    const events = longRun(10_000)
    const settled: RunEvent[] = [...events, { seq: 10_001, at: 2_000, ...runSettled }]
    const cases = [
      [events, 0],
      [events, 100],
      [settled, 0],
      [settled, 1],
      [settled, 200]
    ] as const
    for (const [index, [all, unknown]] of cases.entries()) {
      const folder = path.join(base, String(index))
      await killedRun(folder, all, unknown)
      const { events: _, run: __, ...whole } = await readRun(folder, 1)
      expect(await listRun(folder, 1)).toEqual(whole)
    }
    const folder = path.join(base, 'no summary')
    await killedRun(folder, settled, 'all')
    expect(await listRun(folder, 1)).toMatchObject({
      state: 'completed',
      summary: { id: 'r', name: 'A', events: 10_001, settled: { state: 'completed' } }
    })
    await rm(segmentFile(folder, 1))
    expect(await listRun(folder, 1)).toMatchObject({ state: 'damaged' })
  })

  it('reads as much of a journal that is ten times as long', async () => {
    const costs: number[] = []
    for (const count of [10_000, 100_000]) {
      const base = await temporaryFolder()
      for (const unknown of [0, 'all'] as const)
        await killedRun(path.join(base, 'A', `2026-01-02-03040${unknown === 0 ? 0 : 1}-aaaa`), longRun(count), unknown)
      const disk = readBytes(systemDisk)
      expect((await listRuns(base, disk)).map(({ state }) => state)).toEqual(['interrupted', 'interrupted'])
      costs.push(disk.bytes())
    }
    expect(costs[1]).toBeLessThan((costs[0] ?? 0) + 1_000)
    expect(costs[1]).toBeLessThan(150_000)
  })

  it('lists what would be gigabytes to read, and opens a page of it', { timeout: faultTime }, async () => {
    const base = await temporaryFolder()
    const [runs, segments] = [faultRounds(3, 125), 10]
    const events = longRun(1_000)
    const half = events.slice(500).map((event) => journalLine({ ...event, seq: event.seq + 1_000_000 }))
    for (let run = 0; run < runs; run++) {
      const folder = path.join(base, 'A', `2026-01-02-${String(100_000 + run)}-aaaa`)
      await killedRun(folder, events.slice(0, 500), 'all')
      // In between there is nothing that can be read, and nobody finds out.
      for (let segment = 2; segment <= segments; segment++) {
        await writeFile(segmentFile(folder, segment), half[0] ?? '')
        await truncate(segmentFile(folder, segment), segmentSize)
      }
      await writeFile(segmentFile(folder, segments + 1), half.join(''))
      const summary = summarize(events.slice(0, 500))
      if (run % 2 === 0 && summary) await writeSummary(folder, { ...summary, events: 1_000_500 })
    }
    const disk = readBytes(systemDisk)
    const began = performance.now()
    const listed = await listRuns(base, disk)
    const took = performance.now() - began
    expect(listed).toHaveLength(runs)
    for (const { state, summary } of listed) expect([state, summary?.events]).toEqual(['interrupted', 1_001_000])
    expect(disk.bytes()).toBeLessThan(runs * 150_000)
    const pages = await openPages(listed[0]?.folder ?? '')
    expect(pages.events).toBe(1_001_000)
    expect(await pages.read(3, 2)).toEqual(events.slice(2, 4))
    const journals = runs * segments * segmentSize
    tellFaults('runs with long journals that were listed', {
      runs,
      GB: journals / 1e9,
      readMB: disk.bytes() / 1e6,
      milliseconds: Math.round(took)
    })
  })
})
