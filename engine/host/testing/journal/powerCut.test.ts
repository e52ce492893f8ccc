import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../run/index.ts'
import { chanceOf } from '../chanceOf.ts'
import { journalEvents, runSettled } from '../journalEvents.ts'
import { memoryDisk, type MemoryDisk } from '../memoryDisk.ts'
import { watchedDisk } from '../watchedDisk.ts'
import { createJournal, openJournal } from '../../journal/createJournal.ts'
import { readJournal } from '../../journal/readJournal.ts'
import { holds } from '../../../testing/property/holds.ts'

const folder = '/runs/one'

/** A disk whose power goes off at its call number `cutAt`. */
function failingPower(disk: MemoryDisk, cutAt: number, chance: () => number) {
  let calls = 0
  let found: MemoryDisk | undefined
  const watched = watchedDisk(disk, () => {
    if (++calls < cutAt) return undefined
    found ??= disk.powerCut(chance)
    throw new Error('There is no power')
  })
  /** What is on the disk when the power is back; also when it stayed on as long as the process, but not for ever. */
  return { watched, after: () => found ?? disk.powerCut(chance), wentOff: () => found !== undefined }
}

/** One process that writes the journal on to its end. Answers how many events it had acknowledged. */
async function live(
  all: readonly RunEvent[],
  had: number,
  options: NonNullable<Parameters<typeof openJournal>[1]>,
  chance: () => number
): Promise<number> {
  let acked = had
  try {
    const journal = had === 0 ? await createJournal(folder, options) : (await openJournal(folder, options)).journal
    try {
      for (const event of all.slice(had)) {
        journal.append(event)
        const next = chance()
        if (next < 0.1) await new Promise(setImmediate)
        if (next < 0.8) continue
        await journal.durable()
        acked = event.seq
      }
    } finally {
      await journal.close()
    }
    return all.length
  } catch {
    return acked
  }
}

describe('a journal when the power goes off', () => {
  const cases = fc.record({
    seed: fc.nat(),
    count: fc.integer({ min: 2, max: 40 }),
    cutAt: fc.integer({ min: 1, max: 90 })
  })

  it('has all that was acknowledged and nothing else, and can be gone on with', { timeout: 30_000 }, async () => {
    let cuts = 0
    const check = async ({ seed, count, cutAt }: { seed: number; count: number; cutAt: number }): Promise<void> => {
      const chance = chanceOf(seed)
      const all = [...journalEvents(count, 11), { seq: count + 1, at: count, ...runSettled }]
      const segmentSize = 400 + Math.floor(chance() * 2000)
      let disk = memoryDisk(folder)
      let had = 0
      // The power goes off again and again, later each time, until a process comes to the end.
      for (let life = 1; had < all.length; life++) {
        if (had === 0) for (const name of disk.files()) await disk.rm(name)
        const power = failingPower(disk, cutAt * life * life, chance)
        const acked = await live(all, had, { segmentSize, disk: power.watched }, chance)
        if (power.wentOff()) cuts++
        disk = power.after()
        const content = await readJournal(folder, { disk }).catch(() => undefined)
        had = content?.events.length ?? 0
        expect(content?.damagedAt).toBeUndefined()
        expect(had).toBeGreaterThanOrEqual(acked)
        expect(content?.events ?? []).toEqual(all.slice(0, had))
        if (!power.wentOff()) expect(content?.ended).toBe(true)
      }
    }
    await holds('journal after a power cut', fc.asyncProperty(cases, check), { runs: 300 })
    expect(cuts).toBeGreaterThan(200)
  })
})
