import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { RunEvent } from '../../run/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { journalEvents, runSettled } from '../testing/journalEvents.ts'
import { memoryDisk } from '../testing/memoryDisk.ts'
import { watchedDisk } from '../testing/watchedDisk.ts'
import { createJournal, type JournalOptions, openJournal } from './createJournal.ts'
import { readJournal } from './readJournal.ts'

const settled = (seq: number): RunEvent => ({ seq, at: seq, ...runSettled })

/** The journal of a run in a folder of its own. */
async function written(events: readonly RunEvent[], options?: JournalOptions): Promise<string> {
  const folder = await temporaryFolder()
  const journal = await createJournal(folder, options)
  for (const event of events) journal.append(event)
  await journal.close()
  return folder
}

describe('a journal on disk', () => {
  it('gives back what was put in, and says that it is whole once the run is settled', async () => {
    const events = [...journalEvents(300), settled(301)]
    const { sound, ...content } = await readJournal(await written(events))
    expect(content).toEqual({ events, carrier: 1, ended: true })
    const open = journalEvents(300)
    expect(await readJournal(await written(open))).toMatchObject({ events: open, ended: false })
    expect(sound.segment).toBe(1)
  })

  it('has every event on disk when durable resolves, in order', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(folder)
    const events = journalEvents(60)
    for (const event of events) {
      journal.append(event)
      if (event.seq % 3 !== 0) continue
      await journal.durable()
      expect((await readJournal(folder)).events).toEqual(events.slice(0, event.seq))
    }
    await journal.close()
  })

  it('shares one flush among all who wait for it, and makes none when nothing is new', async () => {
    const folder = await temporaryFolder()
    let flushes = 0
    const disk = {
      ...systemDisk,
      open: async (...given: Parameters<typeof systemDisk.open>) => {
        const file = await systemDisk.open(...given)
        const datasync = (): Promise<void> => {
          flushes++
          return file.datasync()
        }
        return Object.assign(Object.create(file) as typeof file, {
          write: file.write.bind(file),
          sync: file.sync.bind(file),
          close: file.close.bind(file),
          datasync
        })
      }
    }
    const journal = await createJournal(folder, { disk })
    await Promise.all(
      journalEvents(500).map((event) => {
        journal.append(event)
        return journal.durable()
      })
    )
    expect(flushes).toBeLessThanOrEqual(2)
    const before = flushes
    await journal.durable()
    expect(flushes).toBe(before)
    expect((await readJournal(folder)).events).toHaveLength(500)
    await journal.close()
  })

  it('writes by itself soon after an event', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(folder)
    for (const event of journalEvents(1)) journal.append(event)
    await vi.waitFor(async () => expect((await readJournal(folder)).events).toHaveLength(1), {
      timeout: 30_000,
      interval: 5
    })
    await journal.close()
  })

  it('is never written over an older one, and takes nothing once closed', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(folder)
    await journal.close()
    expect(() => journal.append(settled(1))).toThrow('the run is over')
    await expect(createJournal(folder)).rejects.toMatchObject({ code: 'journal-exists' })
  })

  it('tells, and goes on telling, that the disk is full', async () => {
    const disk = memoryDisk('/run')
    const journal = await createJournal('/run', { disk })
    const [first, second, third] = journalEvents(3)
    if (!first || !second || !third) throw new Error('There are three.')
    journal.append(first)
    await journal.durable()
    disk.space = 0
    journal.append(second)
    await expect(journal.durable()).rejects.toMatchObject({ code: 'journal-failed' })
    disk.space = Infinity
    journal.append(third)
    await expect(journal.durable()).rejects.toThrow('the disk is full')
    await expect(journal.close()).rejects.toThrow('the disk is full')
    expect((await readJournal('/run', { disk })).events).toEqual([first])
  })

  it('flushes nothing when only the end of the process is to be survived', async () => {
    const disk = memoryDisk('/run')
    const journal = await createJournal('/run', { disk, durability: 'debug' })
    for (const event of journalEvents(10)) journal.append(event)
    await journal.durable()
    expect((await readJournal('/run', { disk })).events).toHaveLength(10)
    const lost = disk.powerCut(() => 0.3) // the first three in ten changes
    expect((await readJournal('/run', { disk: lost })).events).toHaveLength(0)
    await journal.close()
  })

  it.each(['debug', 'standard'] as const)(
    'has lost no more than a second after a power cut, with %s',
    async (durability) => {
      vi.useFakeTimers()
      const disk = memoryDisk('/run')
      const journal = await createJournal('/run', { disk, durability })
      for (const event of journalEvents(10)) journal.append(event)
      await vi.advanceTimersByTimeAsync(1100)
      vi.useRealTimers()
      const left = disk.powerCut(() => 0.3)
      expect((await readJournal('/run', { disk: left })).events).toHaveLength(10)
      await journal.close()
    }
  )

  it('shows an event once it is in the file, a reply once it is safe, and none that was not written', async () => {
    const disk = memoryDisk('/run')
    const journal = await createJournal('/run', { disk })
    const shown: string[] = []
    journal.onKept(({ event }) => {
      shown.push(event)
      throw new Error('whoever sees it breaks')
    })
    const [started, stepped] = journalEvents(2)
    const replied: RunEvent = { seq: 3, at: 3, event: 'Replied', thread: 0, outcome: 'End', step: 'end', outputs: {} }
    if (!started || !stepped) throw new Error('There are two.')
    journal.append(started)
    journal.append(stepped)
    expect(shown).toEqual([])
    await vi.waitFor(() => expect(shown).toHaveLength(2), 30_000)
    journal.append(replied)
    const kept = journal.durable()
    expect(shown).toHaveLength(2)
    await kept
    expect(shown.at(-1)).toBe('Replied')
    disk.space = 0
    journal.append({ ...stepped, seq: 4 })
    await expect(journal.durable()).rejects.toThrow('the disk is full')
    expect(shown).toHaveLength(3)
    await journal.close().catch(() => undefined)
  })

  it('gives room to those who wait for it, also when it fails', async () => {
    const disk = memoryDisk('/run')
    const journal = await createJournal('/run', { disk, durability: 'debug', segmentSize: 1e9 })
    const [, event] = journalEvents(2)
    if (!event) throw new Error('There are two.')
    expect(journal.pressure()).toBeUndefined()
    for (let seq = 1; seq <= 60_000; seq++) journal.append({ ...event, seq })
    const room = journal.pressure()
    expect(room).toBeInstanceOf(Promise)
    await room
    expect(journal.pressure()).toBeUndefined()
    disk.space = 0
    for (let seq = 60_001; seq <= 120_000; seq++) journal.append({ ...event, seq })
    await journal.pressure()
    await expect(journal.close()).rejects.toThrow('the disk is full')
  })
})

describe('the segments of a journal', () => {
  it('are read as one, and none is much larger than it should be', async () => {
    const events = [...journalEvents(400), settled(401)]
    const folder = await written(events, { segmentSize: 4000 })
    const names = (await readdir(folder)).sort()
    expect(names.length).toBeGreaterThan(8)
    expect(names).toContain('journal-2.jsonl')
    for (const name of names) expect((await stat(path.join(folder, name))).size).toBeLessThan(4300)
    expect(await readJournal(folder)).toMatchObject({ events, ended: true, sound: { segment: names.length } })
  })

  it('are damaged where one is missing or cut off, however sound the others are', async () => {
    const events = journalEvents(200)
    const folder = await written(events, { segmentSize: 4000 })
    const second = path.join(folder, 'journal-2.jsonl')
    const bytes = await readFile(second)
    const until = (await readFile(path.join(folder, 'journal.jsonl'), 'utf8')).split('\n').length - 1
    await writeFile(second, bytes.subarray(0, -5))
    const lines = bytes.toString().split('\n').length - 1
    expect(await readJournal(folder)).toMatchObject({ damagedAt: until + lines })
    await systemDisk.rm(second)
    expect(await readJournal(folder)).toMatchObject({ events: events.slice(0, until), damagedAt: until + 1 })
  })
})

describe('a journal that is opened again', () => {
  it('goes on behind its last event, over many segments, and ends', async () => {
    const events = [...journalEvents(200), settled(201)]
    const options = { segmentSize: 4000 }
    const folder = await written(events.slice(0, 90), options)
    const { journal, content } = await openJournal(folder, options)
    expect(content.events).toEqual(events.slice(0, 90))
    for (const event of events.slice(90)) journal.append(event)
    await journal.close()
    expect(await readJournal(folder)).toMatchObject({ events, ended: true })
  })

  it('has its torn tail cut off, and kept', async () => {
    const events = journalEvents(20)
    const folder = await written(events.slice(0, 10))
    for (const [at, kept] of ['journal.torn', 'journal-2.torn'].entries()) {
      const file = path.join(folder, 'journal.jsonl')
      await writeFile(file, `12345678 {"seq":${at}`, { flag: 'a' })
      const { journal, content } = await openJournal(folder)
      expect(content.torn).toBe(17)
      expect(await readFile(path.join(folder, kept), 'utf8')).toBe(`12345678 {"seq":${at}`)
      for (const event of events.slice(10 + 5 * at, 15 + 5 * at)) journal.append(event)
      await journal.close()
    }
    const content = await readJournal(folder)
    expect(content.events).toEqual(events)
    expect(content.torn).toBeUndefined()
  })

  it('is refused when it is damaged, ended, empty or not there', async () => {
    const folder = await written(journalEvents(9))
    const file = path.join(folder, 'journal.jsonl')
    const bytes = await readFile(file)
    bytes[bytes.indexOf(10) + 30] = 1
    await writeFile(file, bytes)
    await expect(openJournal(folder)).rejects.toMatchObject({ code: 'journal-damaged' })
    expect(await readFile(file)).toEqual(bytes)
    await expect(openJournal(await written([...journalEvents(9), settled(10)]))).rejects.toMatchObject({
      code: 'journal-ended'
    })
    await expect(openJournal(await written([]))).rejects.toMatchObject({ code: 'journal-empty' })
    await expect(openJournal(await temporaryFolder())).rejects.toMatchObject({ code: 'journal-failed' })
  })
})

describe('many calls of the disk', () => {
  it('are not made for many events', async () => {
    let calls = 0
    const disk = watchedDisk(memoryDisk('/run'), () => {
      calls++
      return undefined
    })
    const journal = await createJournal('/run', { disk })
    for (const event of journalEvents(5000)) journal.append(event)
    await journal.close()
    expect(calls).toBeLessThan(20)
  })
})
