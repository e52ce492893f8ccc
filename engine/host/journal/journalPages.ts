import { hostMessages } from '../../messages/host.ts'
import type { RunEvent } from '../../run/index.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { HostError } from '../hostError.ts'
import path from 'node:path'
import { readBlob } from './blobs.ts'
import { type BlobPlace, fillBlobs } from './fillBlobs.ts'
import { journalLines, lastLines } from './journalLines.ts'
import { withoutNotes } from './readLine.ts'
import type { ReadOptions } from './readJournal.ts'
import { segmentFile, segmentSizes } from './segments.ts'
import type { StoredLine } from './storedLine.ts'

/** A journal that is read in pages, however long it is: it takes no more memory than a page. */
export interface JournalPages {
  /** How many events there were when it was opened. */
  readonly events: number
  /**
   * The events from number `from` on, `count` of them; fewer where the journal ends or cannot be trusted any more. Reads no more
   * than them and the start of the segment that they lie in. Rejects when a file cannot be read.
   */
  read(from: number, count: number): Promise<readonly RunEvent[]>
}

/** Where a segment begins. */
interface SegmentStart {
  readonly seq: number
  readonly carrier: number
}

/** A process went on with the run: what others before it had written from its first event on does not count. */
interface Takeover {
  readonly carrier: number
  readonly seq: number
}

/**
 * Opens the journal of the run in `folder`: reads how each segment begins and the last one ends, and looks through those in which
 * another process took the run over. Rejects when a file cannot be read, and with HostError `journal-empty` when there is no
 * event at all.
 */
export async function openPages(folder: string, options: ReadOptions = {}): Promise<JournalPages> {
  const { disk = systemDisk, blobs = 'read' } = options
  const starts: SegmentStart[] = []
  const sizes = await segmentSizes(folder, disk)
  for (const segment of sizes.keys()) {
    const start = await startOf(segmentFile(folder, segment + 1), disk)
    if (!start) break
    starts.push(start)
  }
  const takeovers: Takeover[] = []
  for (const [index, { carrier }] of starts.entries()) {
    const file = segmentFile(folder, index + 1)
    const next = starts[index + 1]?.carrier ?? (await endOf(file, sizes[index] ?? 0, disk)).carrier
    if (index === 0 || carrier > (starts[index - 1]?.carrier ?? 1)) note(takeovers, starts[index])
    if (next > carrier) for await (const line of journalLines(file, disk)) note(takeovers, placeOf(line))
  }
  const isLeft = ({ seq, carrier }: SegmentStart): boolean =>
    !takeovers.some((one) => one.carrier > carrier && one.seq <= seq)
  const last = await lastEvent(folder, starts, sizes, isLeft, disk)
  if (last === undefined) throw new HostError('journal-empty', hostMessages.journalEmpty(path.basename(folder)))

  return {
    events: last,
    async read(from, count) {
      const events: RunEvent[] = []
      const places: BlobPlace[] = []
      const first = starts.findLastIndex((start) => start.seq <= from && isLeft(start))
      for (let index = Math.max(first, 0); index < starts.length && events.length < count; index++)
        for await (const line of journalLines(segmentFile(folder, index + 1), disk)) {
          if (!('event' in line) || line.seq < from || !isLeft(placeOf(line) ?? { seq: 0, carrier: 0 })) continue
          // Nothing is told behind a place that cannot be trusted.
          if (line.seq !== from + events.length) return full(events, places)
          const event = withoutNotes(line)
          for (const place of line.blobs ?? [])
            if (blobs === 'read' || place[0] === 'flows') places.push({ event, path: place })
          events.push(event)
          if (events.length === count) break
        }
      return full(events, places)
    }
  }

  /** The events with what their blobs hold, up to the first whose blob is missing. */
  async function full(events: readonly RunEvent[], places: readonly BlobPlace[]): Promise<readonly RunEvent[]> {
    const damaged = await fillBlobs(places, (hash) => readBlob(folder, hash, disk))
    return damaged === undefined ? events : events.filter(({ seq }) => seq < damaged)
  }
}

const placeOf = (line: StoredLine): SegmentStart | undefined =>
  'event' in line ? { seq: line.seq, carrier: line.carrier ?? 1 } : undefined

/** Remembers the first event of each carrier. */
function note(takeovers: Takeover[], place: SegmentStart | undefined): void {
  if (place && place.carrier > (takeovers.at(-1)?.carrier ?? 0)) takeovers.push(place)
}

/** How a segment begins; undefined when it holds nothing sound. */
async function startOf(file: string, disk: Disk): Promise<SegmentStart | undefined> {
  for await (const line of journalLines(file, disk)) {
    const place = placeOf(line)
    if (place) return place
  }
  return undefined
}

async function endOf(file: string, size: number, disk: Disk): Promise<SegmentStart> {
  const lines = await lastLines(file, size, tail, () => true, disk)
  return { seq: 0, carrier: lines.reduce((highest, { carrier = 1 }) => Math.max(highest, carrier), 1) }
}

/** So much is read of the end of a segment, in bytes. */
const tail = 64 * 1024

/** The number of the last event that counts. */
async function lastEvent(
  folder: string,
  starts: readonly SegmentStart[],
  sizes: readonly number[],
  isLeft: (place: SegmentStart) => boolean,
  disk: Disk
): Promise<number | undefined> {
  for (let index = starts.length - 1; index >= 0; index--) {
    const lines = await lastLines(segmentFile(folder, index + 1), sizes[index] ?? 0, tail, () => true, disk)
    const found = lines.map(placeOf).findLast((place) => place !== undefined && isLeft(place))
    if (found) return found.seq
  }
  return undefined
}
