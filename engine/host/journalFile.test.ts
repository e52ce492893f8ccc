import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { RunEvent } from '../run/index.ts'
import { createJournal, journalLine } from './journalFile.ts'
import { parseJournal, readJournal } from './readJournal.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const event = (seq: number, message = `line ${seq} · äöü`): RunEvent => ({
  seq,
  at: seq / 4,
  event: 'Logged',
  thread: 0,
  frame: 0,
  step: 'log-1',
  level: 'info',
  message
})
const events = (count: number): RunEvent[] => Array.from({ length: count }, (_, i) => event(i + 1))
const bytesOf = (list: readonly RunEvent[]): Buffer => Buffer.from(list.map(journalLine).join(''))

/** What all open files have in common: the place to watch their calls, or to let one fail. */
async function fileHandle(): Promise<FileHandle> {
  const handle = await open(process.execPath)
  await handle.close()
  return Object.getPrototypeOf(handle) as FileHandle
}

describe('a journal file', () => {
  it('gives back what was put in', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    const journal = await createJournal(file)
    for (const one of events(100)) journal.append(one)
    await journal.close()
    expect(await readJournal(file)).toEqual({ events: events(100), sound: (await readFile(file)).length })
  })

  it('has every event on disk when durable resolves, in order', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    const journal = await createJournal(file)
    for (let seq = 1; seq <= 60; seq += 3) {
      for (const one of [seq, seq + 1, seq + 2]) journal.append(event(one))
      await journal.durable()
      expect((await readJournal(file)).events).toHaveLength(seq + 2)
    }
    await journal.close()
  })

  it('shares one flush among all who wait for it', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    const flush = vi.spyOn(await fileHandle(), 'datasync')
    const journal = await createJournal(file)
    const waiting = events(500).map((one) => {
      journal.append(one)
      return journal.durable()
    })
    await Promise.all(waiting)
    expect(flush.mock.calls.length).toBeLessThanOrEqual(2)
    flush.mockRestore()
    expect((await readJournal(file)).events).toHaveLength(500)
    await journal.close()
  })

  it('writes by itself soon after an event', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    const journal = await createJournal(file)
    journal.append(event(1))
    await vi.waitFor(async () => expect((await readJournal(file)).events).toHaveLength(1), {
      timeout: 2000,
      interval: 5
    })
    await journal.close()
  })

  it('is never written over an older one, and takes nothing once closed', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    const journal = await createJournal(file)
    await journal.close()
    expect(() => journal.append(event(1))).toThrow('the run is over')
    await expect(createJournal(file)).rejects.toMatchObject({ code: 'EEXIST' })
  })

  it('tells, and goes on telling, that the disk is full', async () => {
    const folder = await temporaryFolder()
    const journal = await createJournal(path.join(folder, 'journal.jsonl'))
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const write = vi.spyOn(await fileHandle(), 'write').mockRejectedValue(full)
    journal.append(event(1))
    await expect(journal.durable()).rejects.toMatchObject({ code: 'journal-failed' })
    write.mockRestore()
    journal.append(event(2))
    await expect(journal.durable()).rejects.toThrow('the disk is full')
    await expect(journal.close()).rejects.toThrow('the disk is full')
    expect(await readFile(path.join(folder, 'journal.jsonl'), 'utf8')).toBe('')
  })
})

describe('reading a journal', () => {
  const whole = bytesOf(events(8))
  const ends = events(8).map((_, i) => bytesOf(events(i + 1)).length)

  it('cut off at any byte, gives the events before and tells the rest', () => {
    for (let length = 0; length <= whole.length; length++) {
      const content = parseJournal(whole.subarray(0, length))
      const complete = ends.filter((end) => end <= length).length
      expect(content.events.length).toBe(complete)
      expect(content.torn ?? 0).toBe(length - (ends[complete - 1] ?? 0))
      expect(content.damagedAt).toBeUndefined()
    }
  })

  it('with any single bit flipped, never gives a wrong event', () => {
    const truth = events(8).map((one) => JSON.stringify(one))
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const { events: read, damagedAt, torn } = parseJournal(bytes)
      expect(read.length).toBeLessThan(8)
      if (read.length < 6) expect(damagedAt).toBe(read.length + 1)
      else expect(damagedAt !== undefined || torn !== undefined).toBe(true)
      const last = read.length - 1
      expect(JSON.stringify(read[last])).toBe(truth[last])
    }
  })

  it('does not take a gap in the numbers for sound', () => {
    expect(parseJournal(bytesOf([event(1), event(3), event(4)]))).toMatchObject({ events: [event(1)], damagedAt: 2 })
  })

  it('reads an empty file as no events', async () => {
    const file = path.join(await temporaryFolder(), 'journal.jsonl')
    await writeFile(file, '')
    expect(await readJournal(file)).toEqual({ events: [], sound: 0 })
  })
})
