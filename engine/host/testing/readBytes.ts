import type { Disk } from '../disk/disk.ts'

/** A disk that counts what is read from it. */
export interface CountedDisk extends Disk {
  /** How many bytes of files have been read. */
  readonly bytes: () => number
}

export function readBytes(inner: Disk): CountedDisk {
  let bytes = 0
  const counted = (found: Buffer): Buffer => {
    bytes += found.length
    return found
  }
  return {
    ...inner,
    readFile: async (file, most) => counted(await inner.readFile(file, most)),
    readRange: async (file, start, length) => counted(await inner.readRange(file, start, length)),
    bytes: () => bytes
  }
}
