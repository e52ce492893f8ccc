import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../testing/property/holds.ts'
import { createJournal, openJournal } from '../journal/createJournal.ts'
import { openPages } from '../journal/journalPages.ts'
import { readJournal } from '../journal/readJournal.ts'
import { type Claim, claimRun } from '../runs/claimRun.ts'
import { chanceOf } from './chanceOf.ts'
import { journalEvents } from './journalEvents.ts'
import { memoryDisk } from './memoryDisk.ts'
import { ownersOf } from './owners.ts'
import { takeTurns } from './turns.ts'

const folder = '/runs/one'

describe('the journal of a run that several processes want to carry', () => {
  it('keeps all that any of them acknowledged, also when one goes on that was thought to be gone', async () => {
    let acknowledged = 0
    let refused = 0
    const check = async (seed: number): Promise<void> => {
      const chance = chanceOf(seed)
      const turns = takeTurns(chance)
      const disk = memoryDisk(folder)
      const gone = new Set<number>()
      const told: string[] = []
      const options = { segmentSize: 700, disk }
      const first = journalEvents(1)
      const begun = await createJournal(folder, options)
      for (const event of first) begun.append(event)
      await begun.close()

      const live = async (pid: number): Promise<void> => {
        const own = turns.diskOf(disk, () => true)
        const carry = async (claim: Claim): Promise<void> => {
          const { journal, content } = await openJournal(folder, { ...options, disk: own, claim })
          try {
            let seq = content.events.length
            for (let round = 0; round < 6; round++) {
              const names: string[] = []
              for (let left = 1 + Math.floor(chance() * 4); left > 0; left--) {
                const signal = `${String(pid)}:${String(++seq)}`
                names.push(signal)
                journal.append({ seq, at: seq, event: 'SignalReceived', signal, value: null })
              }
              // The others may take over from here on.
              if (chance() < 0.3) gone.add(pid)
              await journal.durable()
              told.push(...names)
              acknowledged += names.length
            }
          } finally {
            await Promise.resolve(journal.close()).catch(() => undefined)
          }
        }
        for (let attempt = 0; attempt < 4; attempt++) {
          const claim = await claimRun(folder, { disk: own, processes: ownersOf(pid, gone), above: 1 }).catch(
            () => undefined
          )
          if (!claim) continue
          await carry(claim).catch((error: unknown) => {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(run-taken-over|journal-failed)$/) as unknown })
            refused++
          })
          await claim.release()
        }
      }
      await turns.until(Promise.all([1, 2, 3].map(live)))
      const { events, damagedAt } = await readJournal(folder, { disk })
      expect(damagedAt).toBeUndefined()
      // In pages it is the same one.
      const pages = await openPages(folder, { disk })
      expect(pages.events).toBe(events.length)
      const size = 1 + Math.floor(chance() * 9)
      for (let from = 1; from <= events.length; from += size)
        expect(await pages.read(from, size)).toEqual(events.slice(from - 1, from - 1 + size))
      const found = events.flatMap((event) => (event.event === 'SignalReceived' ? [event.signal] : []))
      expect(found.filter((signal) => told.includes(signal))).toEqual(told)
    }
    await holds('a journal with carriers that were taken over', fc.asyncProperty(fc.nat(), check), { runs: 300 })
    expect(acknowledged).toBeGreaterThan(2000)
    expect(refused).toBeGreaterThan(50)
  })
})
