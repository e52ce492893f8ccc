import type { RunEvent } from '../../run/index.ts'
import { checksum } from './checksum.ts'
import { type StoredEvent, type StoredLine, sumLength } from './storedLine.ts'

/** What the line from `start` to its line break at `end` holds; undefined when its checksum does not fit. */
export function readLine(bytes: Buffer, start: number, end: number): StoredLine | undefined {
  if (end - start <= sumLength || bytes[start + sumLength - 1] !== 0x20) return undefined
  if (sumAt(bytes, start) !== checksum(bytes, start + sumLength, end)) return undefined
  try {
    // The checksum says that these are the very bytes that a journal wrote.
    return JSON.parse(bytes.toString('utf8', start + sumLength, end)) as StoredLine
  } catch {
    return undefined
  }
}

/** The checksum that stands at `start`; -1 when there is none. */
export function sumAt(bytes: Buffer, start: number): number {
  let sum = 0
  for (let i = start; i < start + sumLength - 1; i++) {
    const code = bytes[i] ?? 0
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1
    if (digit < 0) return -1
    sum = sum * 16 + digit
  }
  return sum
}

/** The event that a line holds, as it was recorded. */
export function withoutNotes(line: StoredEvent): RunEvent {
  if (!('synced' in line) && !('carrier' in line) && !('blobs' in line)) return line
  const { blobs: _, synced: __, carrier: ___, ...event } = line
  return event
}
