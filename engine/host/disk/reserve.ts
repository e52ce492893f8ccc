import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { writeAll } from '../files/atomicWrite.ts'
import type { Disk } from './disk.ts'

/** Space that is kept for the moment when a disk is full, so that what has happened can still be written down. */
export interface Reserve {
  /** Keeps the space, if there is enough. Never rejects. */
  keep(): Promise<void>
  /** Gives it up. Never rejects. */
  give(): Promise<void>
}

/** How much is kept, in bytes. */
const size = 1_000_000

/** The reserve in `folder`, a Process Folder: all its runs share it. */
export function reserveIn(folder: string, disk: Disk): Reserve {
  const file = path.join(folder, '.reserve')
  return {
    async keep() {
      const found = await disk.stat(file).catch(() => undefined)
      if (found && found.size >= size) return
      await disk.rm(file).catch(() => undefined)
      try {
        const handle = await disk.open(file, 'wx')
        // Bytes that no disk can make fewer.
        await writeAll(handle, randomBytes(size)).finally(() => handle.close())
      } catch {
        await disk.rm(file).catch(() => undefined)
      }
    },
    give: () => disk.rm(file).catch(() => undefined)
  }
}
