import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../run/index.ts'
import type { Disk } from '../../disk/disk.ts'
import { HostError } from '../../hostError.ts'
import { withEveryFault } from '../faultyDisk.ts'
import { journalEvents, runSettled } from '../journalEvents.ts'
import { memoryDisk } from '../memoryDisk.ts'
import { createJournal, openJournal } from '../../journal/createJournal.ts'
import { readJournal } from '../../journal/readJournal.ts'

const folder = '/runs/one'
const events: readonly RunEvent[] = [...journalEvents(24, 9), { seq: 25, at: 30, ...runSettled }]
const options = { segmentSize: 900 }

/** Writes a journal in two goes, with a torn tail between. Answers how many events were acknowledged, and what failed. */
async function writeInTwoGoes(disk: Disk, sound: Disk): Promise<{ acked: number; failure: unknown }> {
  let acked = 0
  const go = async (journal: Awaited<ReturnType<typeof createJournal>>, from: number, to: number): Promise<void> => {
    try {
      for (const event of events.slice(from, to)) {
        journal.append(event)
        if (event.seq % 5 !== 0) continue
        await journal.durable()
        acked = event.seq
      }
    } finally {
      await journal.close()
    }
    acked = to
  }
  try {
    await go(await createJournal(folder, { ...options, disk }), 0, 14)
    const last = (await sound.readdir(folder)).filter((name) => name.endsWith('.jsonl')).length
    const file = await sound.open(`${folder}/journal${last === 1 ? '' : `-${String(last)}`}.jsonl`, 'a')
    await file.write(Buffer.from('0123abcd {"se'), 0, 13)
    const { journal } = await openJournal(folder, { ...options, disk })
    await go(journal, 14, events.length)
    return { acked, failure: undefined }
  } catch (failure) {
    return { acked, failure }
  }
}

describe('a journal on a disk of which any one call fails, once or for ever', () => {
  it(
    'loses nothing that was acknowledged, says what is wrong, and can be gone on with',
    { timeout: 20_000 },
    async () => {
      const attempts = await withEveryFault(
        () => memoryDisk(folder),
        async (disk, sound, what) => {
          const { acked, failure } = await writeInTwoGoes(disk, sound)
          if (failure !== undefined) {
            expect(failure, what).toBeInstanceOf(HostError)
            expect(failure, what).toMatchObject({ code: 'journal-failed', message: expect.stringMatching(/: .+\./) })
          }
          const content = await readJournal(folder, { disk: sound }).catch(() => undefined)
          if (!content) {
            expect(acked, what).toBe(0)
            return
          }
          expect(content.damagedAt, what).toBeUndefined()
          expect(content.events.length, what).toBeGreaterThanOrEqual(acked)
          expect(content.events, what).toEqual(events.slice(0, content.events.length))
          if (failure === undefined) expect(content.ended, what).toBe(true)
          if (content.events.length === 0 || content.events.length === events.length) return

          const { journal } = await openJournal(folder, { ...options, disk: sound })
          for (const event of events.slice(content.events.length)) journal.append(event)
          await journal.close()
          expect(await readJournal(folder, { disk: sound }), what).toMatchObject({ events, ended: true })
        }
      )
      expect(attempts).toBeGreaterThan(300)
    }
  )
})
