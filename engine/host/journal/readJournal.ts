import type { RunEvent } from '../../run/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { readBlob } from './blobs.ts'
import { checksum, digestWith } from './checksum.ts'
import { lastSegment, segmentFile } from './segments.ts'
import { type LineNotes, type StoredLine, sumLength } from './storedLine.ts'

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
  /** Whether the end record is there: the run is settled and its journal whole. */
  readonly ended: boolean
}

export interface ReadOptions {
  readonly disk?: Disk
  /** `leave`: large values stay records that name their blob (see BlobRecord); flows are read all the same. */
  readonly blobs?: 'read' | 'leave'
}

/**
 * Reads the journal of the run in `folder`. A torn tail or damage, also of a blob, is told, never thrown; rejects when a file
 * cannot be read at all.
 */
export async function readJournal(folder: string, options: ReadOptions = {}): Promise<JournalContent> {
  const { disk = systemDisk, blobs = 'read' } = options
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
  return fill(parser.content, parser.blobs, (hash) => readBlob(folder, hash, disk), blobs === 'leave')
}

/** Takes the bytes of a journal of one segment apart. Blobs stay records. */
export function parseJournal(bytes: Buffer): JournalContent {
  const parser = new JournalParser()
  parser.add(bytes, true)
  return parser.content
}

/** A value that stands in a blob: where the blob record is. */
interface BlobPlace {
  readonly event: RunEvent
  readonly path: readonly string[]
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
    if (this.#ended) return false
    if ('end' in line && !('event' in line)) {
      const { events, digest: told } = line.end
      this.#ended = events === this.#events.length && told === this.#digest
      return this.#ended
    }
    if (line.seq !== this.#events.length + 1) return false
    const { blobs } = line
    const event = 'synced' in line || 'carrier' in line || blobs ? withoutNotes(line) : line
    for (const path of blobs ?? []) this.blobs.push({ event, path })
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

const withoutNotes = ({ blobs: _, synced: __, carrier: ___, ...event }: RunEvent & LineNotes): RunEvent => event

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

/** What the line from `start` to its line break at `end` holds; undefined when its checksum does not fit. */
function readLine(bytes: Buffer, start: number, end: number): StoredLine | undefined {
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
function sumAt(bytes: Buffer, start: number): number {
  let sum = 0
  for (let i = start; i < start + sumLength - 1; i++) {
    const code = bytes[i] ?? 0
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1
    if (digit < 0) return -1
    sum = sum * 16 + digit
  }
  return sum
}

/** Puts what the blobs hold in its places, each value once; an event whose blob is missing or wrong is damaged. */
async function fill(
  content: JournalContent,
  places: readonly BlobPlace[],
  read: (hash: string) => Promise<{ readonly value: unknown } | undefined>,
  flowsOnly: boolean
): Promise<JournalContent> {
  const known = new Map<string, { readonly value: unknown } | undefined>()
  for (const { event, path } of places) {
    if (flowsOnly && path[0] !== 'flows') continue
    const holder = path.slice(0, -1).reduce<unknown>((inside, name) => memberOf(inside, name), event)
    const name = path.at(-1) ?? ''
    const hash = memberOf(memberOf(holder, name), 'hash')
    const key = typeof hash === 'string' && /^[\da-f]{64}$/.test(hash) ? hash : ''
    if (key !== '' && !known.has(key)) known.set(key, await read(key))
    const found = known.get(key)
    if (!found || typeof holder !== 'object' || holder === null) {
      const { torn: _, ...rest } = content
      return { ...rest, events: content.events.slice(0, event.seq - 1), damagedAt: event.seq, ended: false }
    }
    Reflect.set(holder, name, found.value)
  }
  return content
}

/** Own members only. */
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
