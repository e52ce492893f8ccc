import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../testing/property/holds.ts'
import { createJournal, openJournal } from '../journal/createJournal.ts'
import { readJournal } from '../journal/readJournal.ts'
import { type Claim, claimRun, isRunning } from '../runs/claimRun.ts'
import type { Owner, Processes } from '../runs/owner.ts'
import { chanceOf } from './chanceOf.ts'
import { journalEvents } from './journalEvents.ts'
import { type MemoryDisk, memoryDisk } from './memoryDisk.ts'
import { takeTurns } from './turns.ts'

const folder = '/runs/one'

/** Processes that are not there. `gone` holds those of which it is certain that they have ended. */
function ownersOf(pid: number, gone: ReadonlySet<number>): Processes {
  const self: Owner = { pid, since: '', host: 'here', boot: '', namespace: '' }
  return { self: async () => self, hasEnded: async (owner) => gone.has(owner.pid) }
}

/** Some have no second names for files, as those of cameras and cards. */
function diskWith(links: boolean): MemoryDisk {
  const disk = memoryDisk(folder)
  if (!links) disk.link = () => Promise.reject(Object.assign(new Error('ENOTSUP'), { code: 'ENOTSUP' }))
  return disk
}

describe('a run that several processes want to carry', () => {
  const cases = fc.record({ seed: fc.nat(), links: fc.boolean() })

  it('has one carrier at a time, and each has a higher number than all before', async () => {
    let carried = 0
    const check = async ({ seed, links }: { seed: number; links: boolean }): Promise<void> => {
      const chance = chanceOf(seed)
      const turns = takeTurns(chance)
      const disk = diskWith(links)
      const gone = new Set<number>()
      const holders = new Set<number>()
      let highest = 0
      let pids = 0

      /** One process: claims, carries and lets go, again and again, until it is killed or has done enough. */
      const live = async (): Promise<void> => {
        const pid = ++pids
        let killed: () => void = () => undefined
        const death = new Promise<undefined>((resolve) => (killed = () => resolve(undefined)))
        const alive = (): boolean => {
          if (!gone.has(pid) && chance() < 0.03) {
            gone.add(pid)
            holders.delete(pid)
            killed()
          }
          return !gone.has(pid)
        }
        const own = turns.diskOf(disk, alive)
        for (let round = 0; round < 3 && !gone.has(pid); round++) {
          const wanted = claimRun(folder, { disk: own, processes: ownersOf(pid, gone) }).catch(() => undefined)
          const claim = await Promise.race([wanted, death])
          if (!claim) continue
          expect([...holders], `beside ${String(pid)}`).toEqual([])
          expect(claim.epoch).toBeGreaterThan(highest)
          highest = claim.epoch
          carried++
          holders.add(pid)
          await Promise.race([claim.check(), death])
          expect(await isRunning(folder, { disk, processes: ownersOf(0, gone) })).toBe(!gone.has(pid))
          holders.delete(pid)
          await Promise.race([claim.release(), death])
        }
        if (gone.has(pid) && pids < 12) await live()
      }
      await turns.until(Promise.all(Array.from({ length: 4 }, live)))
      const last = await claimRun(folder, { disk, processes: ownersOf(99, gone) })
      expect(last.epoch).toBeGreaterThan(highest)
    }
    await holds('one carrier at a time', fc.asyncProperty(cases, check), { runs: 300 })
    expect(carried).toBeGreaterThan(1000)
  })

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
            await journal.close().catch(() => undefined)
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
      const found = events.flatMap((event) => (event.event === 'SignalReceived' ? [event.signal] : []))
      expect(found.filter((signal) => told.includes(signal))).toEqual(told)
    }
    await holds('a journal with carriers that were taken over', fc.asyncProperty(fc.nat(), check), { runs: 300 })
    expect(acknowledged).toBeGreaterThan(2000)
    expect(refused).toBeGreaterThan(100)
  })
})
