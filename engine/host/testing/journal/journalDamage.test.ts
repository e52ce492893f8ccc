import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../run/index.ts'
import { chanceOf } from '../chanceOf.ts'
import { journalEvents, runSettled } from '../journalEvents.ts'
import { memoryDisk, type MemoryDisk } from '../memoryDisk.ts'
import { createJournal, openJournal } from '../../journal/createJournal.ts'
import { journalLine } from '../../journal/journalLine.ts'
import { parseJournal, readJournal } from '../../journal/readJournal.ts'

/** Short ones, as each of their bytes has its turn. */
const events: readonly RunEvent[] = [
  ...journalEvents(8),
  ...Array.from({ length: 191 }, (_, i): RunEvent => ({
    seq: i + 9,
    at: i,
    event: 'SignalReceived',
    signal: 'a',
    value: i % 2 ? i : `ä${i}`
  })),
  { seq: 200, at: 60, ...runSettled }
]
const texts = events.map((event) => JSON.stringify(event))
const bytesOf = (list: readonly RunEvent[]): Buffer => Buffer.from(list.map(journalLine).join(''))

/** The disk with the journal of all events. */
async function written(list: readonly RunEvent[] = events): Promise<{ disk: MemoryDisk; bytes: Buffer }> {
  const disk = memoryDisk('/run')
  const journal = await createJournal('/run', { disk })
  for (const event of list) journal.append(event)
  await journal.close()
  return { disk, bytes: await disk.readFile('/run/journal.jsonl') }
}

/** Whether what was read is the beginning of what was written. */
function isBeginning(read: readonly RunEvent[]): boolean {
  const last = read.at(-1)
  return read.length <= events.length && (!last || JSON.stringify(last) === texts[read.length - 1])
}

describe('a journal of 200 events', () => {
  it('cut off at any byte, gives the events before and tells the rest', { timeout: 30_000 }, async () => {
    const { bytes } = await written()
    const ends: number[] = []
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1)
    expect(ends).toHaveLength(201)
    let complete = 0
    for (let length = 0; length <= bytes.length; length++) {
      if (ends[complete] === length) complete++
      const content = parseJournal(bytes.subarray(0, length))
      const count = Math.min(complete, 200)
      if (content.events.length !== count || content.damagedAt !== undefined || !isBeginning(content.events))
        expect.fail(`Cut off after ${length} bytes it gives ${content.events.length} events instead of ${count}`)
      if ((content.torn ?? 0) !== length - (ends[complete - 1] ?? 0)) expect.fail(`The tail at ${length} is not told`)
      if (content.ended !== (complete === 201)) expect.fail(`Cut off after ${length} bytes it seems whole`)
    }
  })

  it(
    'with any of 10,000 bits flipped, never gives a wrong event and never seems whole',
    { timeout: 30_000 },
    async () => {
      const { bytes } = await written()
      const chance = chanceOf(4)
      const [damaged, torn] = [new Set<number>(), new Set<number>()]
      for (let flip = 0; flip < 10_000; flip++) {
        const bit = Math.floor(chance() * bytes.length * 8)
        const at = bit >> 3
        const before = bytes[at] ?? 0
        bytes[at] = before ^ (1 << (bit & 7))
        const content = parseJournal(bytes)
        if (!isBeginning(content.events)) expect.fail(`A flip of bit ${bit} gives a wrong event`)
        if (content.ended) expect.fail(`A flip of bit ${bit} goes unseen`)
        if (content.damagedAt !== undefined) damaged.add(content.events.length)
        else torn.add(content.events.length)
        bytes[at] = before
      }
      // Only in the last lines may it be a write that was cut short.
      expect(Math.min(...torn)).toBeGreaterThanOrEqual(199)
      expect(damaged.size).toBeGreaterThan(190)
    }
  )

  it('does not take a gap in the numbers, or a line twice, for sound', () => {
    const [one, two, three, four] = events
    if (!one || !two || !three || !four) throw new Error('There are four.')
    expect(parseJournal(bytesOf([one, three, four]))).toMatchObject({ events: [one], damagedAt: 2 })
    expect(parseJournal(bytesOf([one, two, two, three]))).toMatchObject({ events: [one, two], damagedAt: 3 })
    expect(parseJournal(Buffer.alloc(0))).toMatchObject({ events: [], ended: false })
  })

  it('with a hole that a power cut left, is torn there, unless what follows says it had been safe', async () => {
    const disk = memoryDisk('/run')
    const journal = await createJournal('/run', { disk })
    const places: number[] = []
    for (const event of events.slice(0, 9)) {
      journal.append(event)
      await journal.durable()
      places.push((await disk.readFile('/run/journal.jsonl')).length)
    }
    const bytes = await disk.readFile('/run/journal.jsonl')
    const hole = (from: number, to: number): Buffer => Buffer.from(bytes).fill(0, places[from - 1], places[to - 1])
    expect(parseJournal(hole(8, 9))).toMatchObject({ torn: expect.any(Number) })
    expect(parseJournal(hole(3, 4))).toMatchObject({ damagedAt: 4 })
    const unflushed = bytesOf(events.slice(0, 9))
    const second = unflushed.indexOf(10) + 1
    unflushed.fill(0, second, unflushed.indexOf(10, second) + 1)
    expect(parseJournal(unflushed)).toMatchObject({ events: [events[0]], torn: unflushed.length - second })
    await journal.close()
  })

  it('whose end record tells of other lines, is damaged', async () => {
    const { bytes } = await written()
    const other = await written([...events.slice(0, 100), ...events.slice(100).map((event) => ({ ...event, at: 1 }))])
    const end = (from: Buffer): Buffer => from.subarray(from.lastIndexOf(10, -2) + 1)
    const lines = bytes.subarray(0, bytes.length - end(bytes).length)
    expect(parseJournal(Buffer.concat([lines, end(bytes)]))).toMatchObject({ ended: true })
    expect(parseJournal(Buffer.concat([lines, end(other.bytes)]))).toMatchObject({ ended: false, damagedAt: 201 })
    expect(parseJournal(Buffer.concat([bytes, end(bytes)]))).toMatchObject({ ended: false, damagedAt: 202 })
  })
})

describe('a large value', () => {
  const list = Array.from({ length: 2000 }, (_, i) => ({ address: `someone-${i}@example.org` }))
  const text = 'ä"\n'.repeat(10_000)
  const place = { thread: 0, frame: 0, step: 'step-1' }
  const looksLike = { $type: 'Blob', hash: '0'.repeat(64), bytes: 5, preview: '' }
  const wide = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`field ${i}`, 'x'.repeat(1000)]))
  const [start] = events
  if (!start) throw new Error('There is a start.')
  const large: RunEvent[] = [
    start,
    { seq: 2, at: 1, event: 'StepStarted', ...place, inputs: { List: list, Text: text, Like: looksLike } },
    { seq: 3, at: 2, event: 'StepCompleted', ...place, outcome: 'Done', outputs: { List: list, Small: 1 } },
    { seq: 4, at: 3, event: 'VariableSet', ...place, variable: 'a', value: list },
    { seq: 5, at: 4, event: 'StepStarted', ...place, inputs: wide },
    { seq: 6, at: 5, event: 'VariableSet', ...place, variable: 'a', value: text },
    { seq: 7, at: 6, event: 'VariableSet', ...place, variable: 'a', value: looksLike }
  ]

  it('is written once, stands in its events by hash, and is one value again when it is read', async () => {
    const { disk, bytes } = await written(large)
    expect(bytes.length).toBeLessThan(6000)
    const { events: read } = await readJournal('/run', { disk })
    expect(read).toEqual(large)
    expect(await disk.readdir('/run/blobs')).toHaveLength(3)
    const [, started, completed] = read
    if (started?.event !== 'StepStarted' || completed?.event !== 'StepCompleted') throw new Error('Other events.')
    expect(started.inputs.List).toBe(completed.outputs.List)
  })

  it('stays a record with its size and beginning for those who do not want it', async () => {
    const { disk } = await written(large)
    const { events: read } = await readJournal('/run', { disk, blobs: 'leave' })
    const json = JSON.stringify(list)
    expect(read[3]).toMatchObject({ value: { $type: 'Blob', bytes: json.length, preview: json.slice(0, 80) } })
    expect(read[6]).toEqual(large[6])
  })

  it('that is missing or changed, damages the event that names it, and nothing before', async () => {
    const { disk } = await written(large)
    for (const name of await disk.readdir('/run/blobs')) {
      const file = `/run/blobs/${name}`
      const content = await disk.readFile(file)
      await disk.rm(file)
      const missing = await readJournal('/run', { disk })
      expect([2, 5]).toContain(missing.damagedAt)
      expect(missing.events).toEqual(large.slice(0, (missing.damagedAt ?? 0) - 1))
      await expect(openJournal('/run', { disk })).rejects.toMatchObject({ code: 'journal-damaged' })
      content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1
      const changed = await disk.open(file, 'wx')
      await changed.write(content, 0, content.length)
      expect((await readJournal('/run', { disk })).damagedAt).toBe(missing.damagedAt)
      content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1
      await disk.rm(file)
      const restored = await disk.open(file, 'wx')
      await restored.write(content, 0, content.length)
    }
    expect((await readJournal('/run', { disk })).damagedAt).toBeUndefined()
  })
})
