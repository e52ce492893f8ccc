import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import type { RunEvent } from '../run/index.ts'

/** What a journal file holds: all events up to the first place that cannot be trusted. */
export interface JournalContent {
  readonly events: readonly RunEvent[]
  /** The length of the sound part, in bytes. */
  readonly sound: number
  /** Bytes behind the last sound line: the last write was cut short. */
  readonly torn?: number
  /** The line, from 1, that is damaged although sound ones follow. What follows is not told. */
  readonly damagedAt?: number
}

/** Reads a journal. A torn tail or damage is told, never thrown; rejects when the file cannot be read at all. */
export async function readJournal(file: string): Promise<JournalContent> {
  return parseJournal(await readFile(file))
}

/** Takes the bytes of a journal apart. */
export function parseJournal(bytes: Buffer): JournalContent {
  const events: RunEvent[] = []
  let sound = 0
  while (sound < bytes.length) {
    const end = bytes.indexOf(10, sound)
    const event = end < 0 ? undefined : readLine(bytes.subarray(sound, end))
    if (event?.seq !== events.length + 1)
      return isSoundAfter(bytes, end)
        ? { events, sound, damagedAt: events.length + 1 }
        : { events, sound, torn: bytes.length - sound }
    events.push(event)
    sound = end + 1
  }
  return { events, sound }
}

/** The event of one line without its line break; undefined when the checksum does not fit. */
function readLine(line: Buffer): RunEvent | undefined {
  if (line.length < 10 || line[8] !== 0x20) return undefined
  const json = line.subarray(9)
  const sum = line.toString('latin1', 0, 8)
  if (!/^[\da-f]{8}$/.test(sum) || parseInt(sum, 16) !== crc32(json)) return undefined
  // The checksum says that these are the very bytes that a journal wrote.
  return JSON.parse(json.toString('utf8')) as RunEvent
}

/** Whether a sound line stands anywhere behind the line that ends at `end`. */
function isSoundAfter(bytes: Buffer, end: number): boolean {
  for (let start = end + 1; end >= 0 && start < bytes.length; start = end + 1) {
    end = bytes.indexOf(10, start)
    if (end >= 0 && readLine(bytes.subarray(start, end))) return true
  }
  return false
}
