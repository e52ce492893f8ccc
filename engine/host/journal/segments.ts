import path from 'node:path'
import type { Disk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'

/** The size at which a segment of a journal ends, in bytes. */
export const segmentSize = 8_000_000

/** The file of a segment, counted from 1: `journal.jsonl`, `journal-2.jsonl`, ... */
export const segmentFile = (folder: string, segment: number): string =>
  path.join(folder, segment === 1 ? 'journal.jsonl' : `journal-${segment}.jsonl`)

/** The number of the last segment in the folder of a run; 0 when there is none. */
export async function lastSegment(folder: string, disk: Disk): Promise<number> {
  let last = 0
  for (const name of await disk.readdir(folder)) {
    const found = /^journal(?:-([1-9]\d{0,5}))?\.jsonl$/.exec(name)
    if (found) last = Math.max(last, Number(found[1] ?? 1))
  }
  return last
}

/** The sizes of the segments in the folder of a run, in bytes, up to the first one that is missing. Rejects where there is none. */
export async function segmentSizes(folder: string, disk: Disk): Promise<number[]> {
  const sizes: number[] = []
  const last = Math.max(1, await lastSegment(folder, disk))
  for (let segment = 1; segment <= last; segment++) {
    const found = await disk.stat(segmentFile(folder, segment)).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT' || segment === 1) throw error
      return undefined
    })
    if (!found) break
    sizes.push(found.size)
  }
  return sizes
}
