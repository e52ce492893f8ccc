import path from 'node:path'
import type { Disk } from '../disk/disk.ts'

/** The size at which a segment of a journal ends, in bytes. */
export const segmentSize = 8_000_000

/** The file of a segment, counted from 1: `journal.jsonl`, `journal-2.jsonl`, ... */
export const segmentFile = (folder: string, segment: number): string =>
  path.join(folder, segment === 1 ? 'journal.jsonl' : `journal-${segment}.jsonl`)

/** The number of the last segment in the folder of a run; 0 when there is none. */
export async function lastSegment(folder: string, disk: Disk): Promise<number> {
  const numbers = (await disk.readdir(folder)).map((name) => {
    const found = /^journal(?:-([1-9]\d{0,5}))?\.jsonl$/.exec(name)
    return found ? Number(found[1] ?? 1) : 0
  })
  return Math.max(0, ...numbers)
}
