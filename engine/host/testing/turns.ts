import type { Disk } from '../disk/disk.ts'
import { watchedDisk } from './watchedDisk.ts'

/** Many who share a disk: whenever none of them can go on, one of the calls they want to make is let through. */
export interface Turns {
  /** The disk as one of them has it. `alive`: whether its calls are still made; those of one that is killed never end. */
  diskOf(disk: Disk, alive: () => boolean): Disk
  /** Lets calls through until `done` has settled. Rejects as it does. */
  until(done: Promise<unknown>): Promise<void>
}

/** `chance` draws whose turn it is. */
export function takeTurns(chance: () => number): Turns {
  const waiting: { readonly alive: () => boolean; readonly go: () => void }[] = []
  return {
    diskOf: (disk, alive) =>
      watchedDisk(disk, () => new Promise((resolve) => waiting.push({ alive, go: () => resolve(undefined) }))),
    async until(done) {
      const open = new Set([done])
      const end = (): void => void open.delete(done)
      done.then(end, end)
      while (open.size > 0) {
        await new Promise(setImmediate)
        const [next] = waiting.splice(Math.floor(chance() * waiting.length), 1)
        if (next?.alive()) next.go()
      }
      await done
    }
  }
}
