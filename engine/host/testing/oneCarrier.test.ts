import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../testing/property/holds.ts'
import { claimRun, isRunning } from '../runs/claimRun.ts'
import { chanceOf } from './chanceOf.ts'
import { type MemoryDisk, memoryDisk } from './memoryDisk.ts'
import { ownersOf } from './owners.ts'
import { takeTurns } from './turns.ts'

const folder = '/runs/one'

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
          const running = await isRunning(folder, { disk, processes: ownersOf(0, gone) })
          // Once it is gone, another one may carry the run already.
          if (!gone.has(pid)) expect(running).toBe(true)
          holders.delete(pid)
          await Promise.race([claim.release(), death])
        }
        if (gone.has(pid) && pids < 12) await live()
      }
      await turns.until(Promise.all(Array.from({ length: 4 }, live)))
      expect(await isRunning(folder, { disk, processes: ownersOf(0, gone) })).toBe(false)
      const last = await claimRun(folder, { disk, processes: ownersOf(99, gone) })
      expect(last.epoch).toBeGreaterThan(highest)
    }
    await holds('one carrier at a time', fc.asyncProperty(cases, check), { runs: 300 })
    expect(carried).toBeGreaterThan(1000)
  })
})
