import type { Disk } from '../disk/disk.ts'
import { readLine } from './readLine.ts'
import type { StoredLine } from './storedLine.ts'

/** So many bytes are read at first, as often only one line is wanted, and at a time later. */
const [first, stretch] = [4 * 1024, 256 * 1024]

/** No line is longer, in bytes: what goes on without a line break is none. */
export const longestLine = 64 * 1024 * 1024

/**
 * The lines of a file from its start, or from where a line begins, up to the first that is not sound. Reads on as they are
 * taken, and holds no more of the file than one line and what is read at a time.
 */
export async function* journalLines(file: string, disk: Disk, start = 0): AsyncGenerator<StoredLine, void> {
  let bytes: Buffer = Buffer.alloc(0)
  for (let [at, length] = [start, first]; ; length = Math.min(4 * length, stretch)) {
    const more = await disk.readRange(file, at, Math.max(length, bytes.length))
    if (more.length === 0) return
    at += more.length
    bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more])
    let from = 0
    for (let end; (end = bytes.indexOf(0x0a, from)) >= 0; from = end + 1) {
      const line = readLine(bytes, from, end)
      if (!line) return
      yield line
    }
    bytes = bytes.subarray(from)
    if (bytes.length > longestLine) return
  }
}

/**
 * The sound lines at the end of a file of `size` bytes, the first of them first: as many as `wanted` asks for, which is told each
 * from the last one back, and as lie in its last bytes. `most`: how many bytes are read, unless not one line lies in them.
 */
export async function lastLines(
  file: string,
  size: number,
  most: number,
  wanted: (line: StoredLine) => boolean,
  disk: Disk
): Promise<StoredLine[]> {
  for (let length = most; ; length *= 8) {
    const start = Math.max(0, size - length)
    const bytes = await disk.readRange(file, start, size - start)
    const lines: StoredLine[] = []
    // What was cut off behind the last line break is no line.
    let end = bytes.lastIndexOf(0x0a)
    while (end >= 0) {
      const before = end === 0 ? -1 : bytes.lastIndexOf(0x0a, end - 1)
      if (before < 0 && start > 0) break
      const line = readLine(bytes, before + 1, end)
      if (line) {
        lines.push(line)
        if (!wanted(line)) break
      }
      end = before
    }
    if (lines.length > 0 || start === 0 || length > longestLine) return lines.reverse()
  }
}
