import type { RunEvent } from '../../run/index.ts'
import type { Disk } from '../disk/disk.ts'
import { readBlob } from './blobs.ts'
import { fillBlobs } from './fillBlobs.ts'
import { journalLines, lastLines } from './journalLines.ts'
import { withoutNotes } from './readLine.ts'
import { segmentFile, segmentSizes } from './segments.ts'
import type { StoredEvent } from './storedLine.ts'

/** How a journal begins and ends. */
export interface JournalEnds {
  /** With the flows of the run, also where they are a blob; undefined when nothing of it can be read. */
  readonly first: RunEvent | undefined
  /** The last events after the one that was asked for, as many as stand near the end. Large values are left as their blobs. */
  readonly newest: readonly RunEvent[]
  /** Whether the end record is there. */
  readonly ended: boolean
}

/** So much is read of the end, in bytes, unless a single line is longer. */
const tail = 64 * 1024

/**
 * Reads how the journal of the run in `folder` begins, unless `after` says that is known, and what it holds after the event number
 * `after`, as far as that stands at its end. It reads as much of a long journal as of a short one; so damage in between is for
 * those to find who read it all. Rejects when a file cannot be read.
 */
export async function readEnds(folder: string, after: number, disk: Disk): Promise<JournalEnds> {
  const sizes = await segmentSizes(folder, disk)
  const wanted: StoredEvent[] = []
  let ended = false
  // A segment that has just begun may be empty.
  for (let segment = sizes.length; segment >= 1 && wanted.length === 0; segment--) {
    const isNew = (line: object): boolean => !('seq' in line) || Number(line.seq) > after
    const lines = await lastLines(segmentFile(folder, segment), sizes[segment - 1] ?? 0, tail, isNew, disk)
    for (const line of lines) {
      if ('event' in line) wanted.push(line)
      ended = !('event' in line)
    }
    if (lines.length > 0) break
  }
  return {
    first: after === 0 ? await firstOf(folder, disk) : undefined,
    newest: inOrder(wanted)
      .filter(({ seq }) => seq > Math.max(after, 1))
      .map(withoutNotes),
    ended
  }
}

async function firstOf(folder: string, disk: Disk): Promise<RunEvent | undefined> {
  for await (const line of journalLines(segmentFile(folder, 1), disk)) {
    if (!('event' in line)) return undefined
    const event = withoutNotes(line)
    const flows = (line.blobs ?? []).filter(([field]) => field === 'flows')
    const places = flows.map((place) => ({ event, path: place }))
    return (await fillBlobs(places, (hash) => readBlob(folder, hash, disk))) === undefined ? event : undefined
  }
  return undefined
}

/** The events of the carriers that were not taken over when they wrote them. */
function inOrder(lines: readonly StoredEvent[]): StoredEvent[] {
  const kept: StoredEvent[] = []
  let current = 0
  for (const line of lines) {
    const { carrier = 1 } = line
    if (carrier < current) continue
    if (carrier > current) while (kept.length > 0 && (kept.at(-1)?.seq ?? 0) >= line.seq) kept.pop()
    current = carrier
    kept.push(line)
  }
  return kept
}
