import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../run/index.ts'
import { createJournal, openJournal } from '../../journal/createJournal.ts'
import { journalLine } from '../../journal/journalLine.ts'
import { parseJournal, readJournal } from '../../journal/readJournal.ts'
import { journalEvents, runSettled } from '../journalEvents.ts'
import { memoryDisk, type MemoryDisk } from '../memoryDisk.ts'

const events: readonly RunEvent[] = [...journalEvents(199), { seq: 200, at: 60, ...runSettled }]

/** The disk with the journal of a settled run. */
async function written(): Promise<{ disk: MemoryDisk; bytes: Buffer }> {
  const disk = memoryDisk('/run')
  const journal = await createJournal('/run', { disk })
  for (const event of events) journal.append(event)
  await journal.close()
  return { disk, bytes: await disk.readFile('/run/journal.jsonl') }
}

describe('the journal of a run that was retried', () => {
  const retried: RunEvent = {
    seq: 201,
    at: 60,
    event: 'RunRetried',
    retriedAt: '2026-11-25T08:00:00.000Z',
    threads: [0],
    frames: [0],
    steps: [],
    visits: []
  }
  const more: readonly RunEvent[] = [retried, { seq: 202, at: 61, event: 'SignalReceived', signal: 'b', value: 1 }]
  const settledAgain: RunEvent = { seq: 203, at: 62, ...runSettled }

  /** The disk with the whole journal: settled, retried and settled again. */
  async function writtenOn(): Promise<{ disk: MemoryDisk; first: number; bytes: Buffer }> {
    const { disk, bytes: before } = await written()
    const { journal } = await openJournal('/run', { disk, retry: true })
    for (const event of [...more, settledAgain]) journal.append(event)
    await journal.close()
    return { disk, first: before.length, bytes: await disk.readFile('/run/journal.jsonl') }
  }

  it('goes on behind its end record, and ends with another one', async () => {
    const { disk, bytes } = await writtenOn()
    const all = [...events, ...more, settledAgain]
    expect(parseJournal(bytes)).toMatchObject({ events: all, ended: true })
    await expect(openJournal('/run', { disk })).rejects.toMatchObject({ code: 'journal-ended' })
    const { content, journal } = await openJournal('/run', { disk, retry: true })
    expect(content.events).toHaveLength(203)
    await journal.close()
    expect(await disk.readFile('/run/journal.jsonl')).toEqual(bytes)
  })

  it('cut off at any byte behind its first end, is torn there', async () => {
    const { first, bytes } = await writtenOn()
    let lines = 200
    for (let length = first; length <= bytes.length; length++) {
      if (length > first && bytes[length - 1] === 10) lines++
      const content = parseJournal(bytes.subarray(0, length))
      const whole = length === first || bytes[length - 1] === 10
      const tail = length - (bytes.subarray(0, length).lastIndexOf(10) + 1)
      expect([content.events.length, content.damagedAt]).toEqual([Math.min(lines, 203), undefined])
      expect([content.torn, content.ended]).toEqual([whole ? undefined : tail, lines === 200 || lines === 204])
    }
  })

  it('with any bit flipped, never gives a wrong event and never seems whole', async () => {
    const { first, bytes } = await writtenOn()
    const all = [...events, ...more, settledAgain].map((event) => JSON.stringify(event))
    for (let bit = (first - 100) * 8; bit < bytes.length * 8; bit++) {
      const at = bit >> 3
      const before = bytes[at] ?? 0
      bytes[at] = before ^ (1 << (bit & 7))
      const content = parseJournal(bytes)
      bytes[at] = before
      const isWrong = content.events.some((event, index) => JSON.stringify(event) !== all[index])
      if (isWrong || (content.ended && content.torn === undefined)) expect.fail(`A flip of bit ${bit} goes unseen`)
    }
  })

  it('is damaged where something else than a retry stands behind its end', async () => {
    const { bytes } = await written()
    const other: RunEvent = { seq: 201, at: 61, event: 'SignalReceived', signal: 'b', value: 1 }
    const line = Buffer.from(journalLine(other))
    expect(parseJournal(Buffer.concat([bytes, line]))).toMatchObject({ ended: false, damagedAt: 202 })
    const late = Buffer.from(journalLine({ ...retried, seq: 202 }))
    expect(parseJournal(Buffer.concat([bytes, late]))).toMatchObject({ damagedAt: 202 })
  })

  it('torn behind its end, is still one of a settled run, which can be retried', async () => {
    const { disk, bytes } = await written()
    const file = await disk.open('/run/journal.jsonl', 'a')
    const half = Buffer.from('0123abcd {"seq":201,"at"')
    await file.write(half, 0, half.length)
    await file.close()
    expect(await readJournal('/run', { disk })).toMatchObject({ ended: true, torn: half.length })
    const { journal } = await openJournal('/run', { disk, retry: true })
    journal.append(retried)
    await journal.close()
    const content = await readJournal('/run', { disk })
    expect([content.events.length, content.torn, content.ended]).toEqual([201, undefined, false])
    expect((await disk.readFile('/run/journal.jsonl')).subarray(0, bytes.length)).toEqual(bytes)
  })
})
