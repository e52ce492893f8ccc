import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import type { RunEvent } from '../../run/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { readBlob } from './blobs.ts'
import { HostError } from '../hostError.ts'
import { digestWith } from './checksum.ts'
import { type BlobPlace, fillBlobs } from './fillBlobs.ts'
import { journalLimit, mostRead } from './journalLimit.ts'
import { readLine, sumAt, withoutNotes } from './readLine.ts'
import { lastSegment, segmentFile, segmentSizes } from './segments.ts'
import type { StoredLine } from './storedLine.ts'

/** What a journal holds: all events up to the first place that cannot be trusted. */
export interface JournalContent {
  readonly events: readonly RunEvent[]
  /** Where the sound part ends: in which segment, after how many of its bytes; and the sum over all checksums to there. */
  readonly sound: { readonly segment: number; readonly size: number; readonly digest: number }
  /** The epoch of the last carrier that wrote; 0 when none did. */
  readonly carrier: number
  /** Bytes behind the last sound line: the last write was cut short. */
  readonly torn?: number
  /** The line, from 1 over all segments, that is damaged although sound ones follow. What follows is not told. */
  readonly damagedAt?: number
  /** Whether an end record is the last thing there: the run is settled and its journal whole. */
  readonly ended: boolean
}

export interface ReadOptions {
  readonly disk?: Disk
  /** `leave`: large values stay records that name their blob (see BlobRecord); flows are read all the same. */
  readonly blobs?: 'read' | 'leave'
  /** The most bytes that the journal may have. */
  readonly most?: number
}

/**
 * Reads the journal of the run in `folder`. A torn tail or damage, also of a blob, is told, never thrown; rejects when a file
 * cannot be read at all, and with HostError `journal-large` when it is too long to be read at once: see openPages.
 */
export async function readJournal(folder: string, options: ReadOptions = {}): Promise<JournalContent> {
  const { disk = systemDisk, blobs = 'read', most = mostRead(journalLimit(process.env)) } = options
  const size = (await segmentSizes(folder, disk)).reduce((sum, bytes) => sum + bytes, 0)
  if (size > most) throw new HostError('journal-large', hostMessages.journalLarge(path.basename(folder), size, most))
  const last = await lastSegment(folder, disk)
  const parser = new JournalParser()
  // With no segment at all, the attempt to read the first one tells why.
  for (let segment = 1; segment <= Math.max(last, 1) && !parser.over; segment++) {
    const bytes = await disk.readFile(segmentFile(folder, segment)).catch((error: unknown) => {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!missing || segment >= last) throw error
      return undefined
    })
    if (bytes) parser.add(bytes, segment === last)
    else parser.damage()
  }
  const { content } = parser
  const places = blobs === 'leave' ? parser.blobs.filter(({ path }) => path[0] === 'flows') : parser.blobs
  const damaged = await fillBlobs(places, (hash) => readBlob(folder, hash, disk))
  if (damaged === undefined) return content
  const { torn: _, ...rest } = content
  return { ...rest, events: content.events.slice(0, damaged - 1), damagedAt: damaged, ended: false }
}

/** Takes the bytes of a journal of one segment apart. Blobs stay records. */
export function parseJournal(bytes: Buffer): JournalContent {
  const parser = new JournalParser()
  parser.add(bytes, true)
  return parser.content
}

/** Reads segments one after another, up to the first place that cannot be trusted. */
class JournalParser {
  blobs: BlobPlace[] = []
  readonly #events: RunEvent[] = []
  /** The sum over the checksums up to each event. */
  readonly #digests: number[] = []
  #carrier = 0
  #sound = { segment: 0, size: 0, digest: 0 }
  #ended = false
  #torn: number | undefined
  #damagedAt: number | undefined

  /** `last`: no further segment follows. */
  add(bytes: Buffer, last: boolean): void {
    const segment = this.#sound.segment + 1
    let at = 0
    let sound = true
    while (sound && at < bytes.length) {
      const end = bytes.indexOf(0x0a, at)
      const line = end < 0 ? undefined : readLine(bytes, at, end)
      sound = line !== undefined && this.#take(line, sumAt(bytes, at))
      if (sound) at = end + 1
    }
    this.#sound = { segment, size: at, digest: this.#digest }
    if (sound) return
    if (last && isTorn(bytes, at, this.#events.length + 1)) this.#torn = bytes.length - at
    else this.damage()
  }

  /** What follows cannot be trusted, and it is more than a write that was cut short. */
  damage(): void {
    this.#damagedAt = this.#events.length + (this.#ended ? 2 : 1)
    this.#ended = false
  }

  /** Whether the rest must not be read. */
  get over(): boolean {
    return this.#damagedAt !== undefined
  }

  get content(): JournalContent {
    return {
      events: this.#events,
      sound: this.#sound,
      carrier: this.#carrier,
      ended: this.#ended,
      ...(this.#torn !== undefined && { torn: this.#torn }),
      ...(this.#damagedAt !== undefined && { damagedAt: this.#damagedAt })
    }
  }

  get #digest(): number {
    return this.#digests.at(-1) ?? 0
  }

  /** Adds what a line tells; false when it is not what comes next. `sum`: its checksum. */
  #take(line: StoredLine, sum: number): boolean {
    const { carrier = 1 } = line
    // It was written by a carrier that had been taken over, and never acknowledged.
    if (carrier < this.#carrier) return true
    if (carrier > this.#carrier && !this.#takeOver(line, carrier)) return false
    // Behind its end, a run goes on only when it is retried.
    if (this.#ended && !('event' in line && line.event === 'RunRetried')) return false
    if ('end' in line && !('event' in line)) {
      const { events, digest: told } = line.end
      this.#ended = events === this.#events.length && told === this.#digest
      return this.#ended
    }
    if (line.seq !== this.#events.length + 1) return false
    const { blobs } = line
    const event = withoutNotes(line)
    for (const path of blobs ?? []) this.blobs.push({ event, path })
    this.#ended = false
    this.#digests.push(digestWith(this.#digest, sum))
    this.#events.push(event)
    return true
  }

  /** Another carrier goes on: what the one before wrote after that one had read the journal is not part of it. */
  #takeOver(line: StoredLine, carrier: number): boolean {
    this.#carrier = carrier
    const kept = 'event' in line ? line.seq - 1 : this.#events.length
    if (kept > this.#events.length) return false
    if (kept === this.#events.length) return true
    this.#ended = false
    this.#events.length = kept
    this.#digests.length = kept
    this.blobs = this.blobs.filter(({ event }) => event.seq <= kept)
    return true
  }
}

/**
 * Whether the bytes from `at` on, where the event `seq` should be, are what a power cut leaves of writes that had not come
 * to the disk: nothing sound, or a hole of zeros before something sound. What is sound there must not say that the event
 * had been safe.
 */
function isTorn(bytes: Buffer, at: number, seq: number): boolean {
  let hole: boolean | undefined
  for (let start = at; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start)
    if (end < 0) break
    const line = readLine(bytes, start, end)
    if (line) {
      hole ??= isHole(bytes, at, start)
      // An end record that does not say how many events had been safe was written when they all were.
      const { synced = 'event' in line ? 0 : seq } = line
      if (!hole || synced >= seq) return false
    }
    start = end + 1
  }
  return true
}

/** Whether the bytes are what is left of a write that was lost: zeros, up to where the next one begins with a sound line. */
function isHole(bytes: Buffer, start: number, end: number): boolean {
  const last = bytes.subarray(start, end).lastIndexOf(0)
  return last >= 0 && readLine(bytes, start + last + 1, bytes.indexOf(0x0a, start + last)) !== undefined
}
