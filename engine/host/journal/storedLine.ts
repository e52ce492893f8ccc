import type { RunEvent } from '../../run/index.ts'

/** What stands in an event in place of a value that is too large for its line. */
export type BlobRecord = {
  readonly $type: 'Blob'
  /** SHA-256 of the file in `blobs/` that holds the value as JSON, in hex: also its name. */
  readonly hash: string
  /** The size of that JSON. */
  readonly bytes: number
  /** How that JSON begins. */
  readonly preview: string
}

/**
 * What a line may tell beside its event. `carrier`: a line of one that was taken over is not read. `blobs`: where in the event blob records stand. Only these are read as such, so
 * that a value of a flow that looks like one stays what it is.
 */
export interface LineNotes {
  /** The epoch of the carrier that wrote the line; absent for the first one. */
  readonly carrier?: number
  readonly blobs?: readonly (readonly string[])[]
  /** How many events were safe from a power cut when this line was made: on the first line after each flush. */
  readonly synced?: number
}

/**
 * The last line of a journal whose run is settled: `events` were written, and `digest` is the sum over their checksums. It
 * always says how many of them had been safe.
 */
export interface EndRecord extends Pick<LineNotes, 'carrier' | 'synced'> {
  readonly end: { readonly events: number; readonly digest: number }
}

export type StoredEvent = RunEvent & LineNotes

/** What no event may have a field of, or its fields could not be told from the notes. */
type Unlike<K extends never> = K
type FieldOf<E> = E extends unknown ? keyof E : never
type _FieldsAreNoNotes = Unlike<Extract<FieldOf<RunEvent>, keyof LineNotes>>

/** What one sound line holds. */
export type StoredLine = StoredEvent | EndRecord

/** The fields of events that hold values of flows, or flows; what is large in them goes to a blob. */
export const largeFields: ReadonlySet<string> = new Set(['flows', 'inputs', 'outputs', 'value'])

/** Values whose JSON has more bytes are put away as blobs. */
export const largestInline = 16_384

/** The length of a checksum and the space behind it. */
export const sumLength = 9
