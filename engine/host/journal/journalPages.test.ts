import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemDisk } from '../disk/disk.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { journalEvents } from '../testing/journalEvents.ts'
import { memoryDisk } from '../testing/memoryDisk.ts'
import { readBytes } from '../testing/readBytes.ts'
import { createJournal } from './createJournal.ts'
import { openPages } from './journalPages.ts'

const folder = '/runs/one'

/** A journal of `count` events, the value of every 97th in a blob. */
async function written(count: number, segmentSize: number) {
  const disk = memoryDisk(folder)
  const events = journalEvents(count, 97)
  const journal = await createJournal(folder, { disk, segmentSize })
  for (const event of events) journal.append(event)
  await journal.close()
  return { disk, events }
}

describe('a journal in pages', () => {
  it('gives any events by their numbers, with what their blobs hold', async () => {
    const { disk, events } = await written(1_000, 9_000)
    const pages = await openPages(folder, { disk })
    expect(pages.events).toBe(1_000)
    for (const [from, count] of [
      [1, 1],
      [1, 1_000],
      [97, 2],
      [500, 77],
      [990, 50],
      [1_001, 5],
      [5_000, 5]
    ] as const)
      expect(await pages.read(from, count)).toEqual(events.slice(from - 1, from - 1 + count))
  })

  it('reads of a journal that is ten times as long no more for a page', async () => {
    const costs: number[] = []
    for (const count of [2_000, 20_000]) {
      const { disk } = await written(count, 50_000)
      const counted = readBytes(disk)
      const pages = await openPages(folder, { disk: counted })
      const opened = counted.bytes()
      await pages.read(count / 2, 100)
      costs.push(counted.bytes() - opened)
      // To open it, the start of each segment is read.
      expect(opened).toBeLessThan(count * 10 + 200_000)
    }
    expect(costs[1]).toBeLessThan(2 * (costs[0] ?? 0) + 100_000)
  })

  it('ends before what is damaged, missing or cut off', async () => {
    const { disk, events } = await written(1_000, 9_000)
    const [, second = '', third = ''] = disk
      .files()
      .filter((file) => /journal-?\d*\.jsonl$/.test(file))
      .sort((one, other) => Number(/-(\d+)/.exec(one)?.[1] ?? 1) - Number(/-(\d+)/.exec(other)?.[1] ?? 1))
    const pages = await openPages(folder, { disk })
    const bytes = await disk.readFile(second)
    bytes[bytes.indexOf(0x0a) + 20]! ^= 1
    await disk.rm(second)
    const changed = await disk.open(second, 'wx')
    await changed.write(bytes, 0, bytes.length)
    const found = await pages.read(1, 1_000)
    expect(found.length).toBeGreaterThan(20)
    expect(found.length).toBeLessThan(1_000)
    expect(found).toEqual(events.slice(0, found.length))
    await disk.rm(third)
    expect((await openPages(folder, { disk })).events).toBeLessThan(1_000)
  })

  it('does not believe a file without lines, however large it is', async () => {
    const home = await temporaryFolder()
    await writeFile(path.join(home, 'journal.jsonl'), '')
    await truncate(path.join(home, 'journal.jsonl'), 1e12)
    const disk = readBytes(systemDisk)
    await expect(openPages(home, { disk })).rejects.toMatchObject({ code: 'journal-empty' })
    expect(disk.bytes()).toBeLessThan(300e6)
  })
})
