import type { RunEvent } from '../../run/index.ts'
import type { Blob } from './blobs.ts'
import { BlobShelf } from './blobShelf.ts'
import { checksum, digestWith } from './checksum.ts'
import { putBytes, putHex, putNumber, putShortText } from './putBytes.ts'
import { type EndRecord, largeFields, largestInline, sumLength } from './storedLine.ts'

type Fields = Readonly<Record<string, unknown>>

/** Turns events into lines, many a millisecond: writes bytes as they are, and asks JSON only for what is rare. */
export interface LineEncoder {
  /** The bytes of the lines that have not been taken yet. */
  readonly length: number
  /** How many events have been written, and the sum over the checksums of their lines. */
  readonly events: number
  readonly digest: number
  /** `synced`: how many events are safe, to be noted in this line. Throws when the event cannot be JSON. */
  write(event: RunEvent, synced?: number): void
  writeEnd(synced: number): void
  /** Hands over what has been written. `spare`: a buffer that is not needed any more, to write into next. */
  take(spare?: Buffer): EncodedLines
}

export interface EncodedLines {
  readonly bytes: Buffer
  /** How many of the bytes are lines. */
  readonly length: number
  /** What must be on disk before the lines are. */
  readonly blobs: readonly Blob[]
}

/** The size of the buffer that lines are written into, in bytes: at first, for there may be many journals, and later. */
const [firstSize, usualSize] = [8 * 1024, 384 * 1024]

/** The room that is there before a number, a name or a short text is written. */
const room = 1024

/** How many names of fields are remembered. */
const mostNames = 10_000

type StepStarted = Extract<RunEvent, { event: 'StepStarted' }>
type StepCompleted = Extract<RunEvent, { event: 'StepCompleted' }>

// These two are written field by field: a field that is not would be lost.
type None<K extends never> = K
type Place = 'seq' | 'at' | 'event' | 'thread' | 'frame' | 'step'
type _AllOfStarted = None<Exclude<keyof StepStarted, Place | 'inputs'>>
type _AllOfCompleted = None<Exclude<keyof StepCompleted, Place | 'outcome' | 'outputs'>>

const [seqName, atName, frameName] = [Buffer.from('{"seq":'), Buffer.from(',"at":'), Buffer.from(',"frame":')]
const startedName = Buffer.from(',"event":"StepStarted","thread":')
const completedName = Buffer.from(',"event":"StepCompleted","thread":')

/** `events`, `digest`: of the lines that a journal holds already. `carrier`: the epoch of whoever writes on. */
export function lineEncoder(events = 0, digest = 0, carrier = 1): LineEncoder {
  const carrierNote = carrier === 1 ? undefined : Buffer.from(`,"carrier":${carrier}`)
  let bytes: Buffer = Buffer.allocUnsafe(firstSize)
  let at = 0
  const names = new Map<string, Uint8Array>()
  /** What lies between the numbers and the data of the two events that make up most of a journal, by step. */
  const inputsOf = new Map<string, Uint8Array>()
  const outputsOf = new Map<string, Map<string, Uint8Array>>()
  const shelf = new BlobShelf()
  let notes: string[][] = []

  const need = (count: number): void => {
    if (at + count <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(2 * bytes.length, at + count))
    bytes.copy(larger, 0, 0, at)
    bytes = larger
  }

  const putJson = (json: string): void => {
    need(3 * json.length + room)
    at += bytes.write(json, at)
  }

  const put = (ready: Uint8Array): void => {
    need(ready.length + room)
    at = putBytes(bytes, at, ready)
  }

  const putName = (name: string): void => {
    put(names.get(name) ?? remember(names, name, `${JSON.stringify(name)}:`))
  }

  const putText = (text: string): void => {
    need(room)
    const end = putShortText(bytes, at, text)
    if (end < 0) putJson(JSON.stringify(text))
    else at = end
  }

  const putValue = (value: unknown): void => {
    need(room)
    if (typeof value === 'number') at = putNumber(bytes, at, value)
    else if (typeof value === 'string') putText(value)
    else putJson(JSON.stringify(value))
  }

  /** Writes a value that may be large, the whole of a field or one of its members. */
  const putLarge = (value: unknown, field: string, member?: string): void => {
    let record = shelf.recordOf(value)
    if (record === undefined) {
      const start = at
      putValue(value)
      if (at - start <= largestInline) return
      record = shelf.putAway(value, Buffer.from(bytes.subarray(start, at)))
      at = start
    }
    putJson(record)
    notes.push(member === undefined ? [field] : [field, member])
  }

  /** Writes named values, of which each may be large, or all together. */
  const putLargeFields = (fields: Fields, field: string): void => {
    const known = shelf.recordOf(fields)
    if (known !== undefined) {
      putJson(known)
      notes.push([field])
      return
    }
    const start = at
    need(room)
    bytes[at++] = 0x7b
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      if (bytes[at - 1] !== 0x7b) bytes[at++] = 0x2c
      putName(name)
      if (typeof value === 'number') at = putNumber(bytes, at, value)
      else putLarge(value, field, name)
    }
    need(room)
    bytes[at++] = 0x7d
    if (at - start <= largestInline) return
    at = start
    notes = notes.filter(([name]) => name !== field)
    putJson(shelf.putAway(fields, Buffer.from(JSON.stringify(fields))))
    notes.push([field])
  }

  /** Closes the line that begins at `start` and has its checksum. */
  const endLine = (start: number): number => {
    const sum = checksum(bytes, start + sumLength, at)
    putHex(bytes, start, sum)
    bytes[start + sumLength - 1] = 0x20
    need(room)
    bytes[at++] = 0x0a
    return sum
  }

  const putPlace = ({ seq, at: time, event, thread, frame }: StepStarted | StepCompleted): void => {
    put(seqName)
    at = putNumber(bytes, at, seq)
    put(atName)
    at = putNumber(bytes, at, time)
    put(event === 'StepStarted' ? startedName : completedName)
    at = putNumber(bytes, at, thread)
    put(frameName)
    at = putNumber(bytes, at, frame)
  }

  const putStarted = (event: StepStarted): void => {
    const { step, inputs } = event
    putPlace(event)
    put(inputsOf.get(step) ?? remember(inputsOf, step, `,"step":${JSON.stringify(step)},"inputs":`))
    putLargeFields(inputs, 'inputs')
  }

  const putCompleted = (event: StepCompleted): void => {
    const { step, outcome, outputs } = event
    putPlace(event)
    let ofStep = outputsOf.get(step)
    if (!ofStep) {
      if (outputsOf.size === mostNames) outputsOf.clear()
      ofStep = new Map<string, Uint8Array>()
      outputsOf.set(step, ofStep)
    }
    put(ofStep.get(outcome) ?? remember(ofStep, outcome, outputsName(step, outcome)))
    putLargeFields(outputs, 'outputs')
  }

  const putFields = (event: Fields): void => {
    bytes[at++] = 0x7b
    for (const name in event) {
      const value = event[name]
      if (value === undefined) continue
      if (bytes[at - 1] !== 0x7b) bytes[at++] = 0x2c
      putName(name)
      if (typeof value === 'number') at = putNumber(bytes, at, value)
      else if (typeof value === 'string' && name !== 'value') putText(value)
      else if (!largeFields.has(name)) putValue(value)
      else if (name !== 'value' && isFields(value)) putLargeFields(value, name)
      else putLarge(value, name)
    }
  }

  const writeLine = (event: RunEvent, synced: number | undefined): void => {
    need(room)
    const start = at
    at += sumLength
    if (event.event === 'StepStarted') putStarted(event)
    else if (event.event === 'StepCompleted') putCompleted(event)
    else putFields(event)
    if (notes.length > 0) putJson(`,"blobs":${JSON.stringify(notes)}`)
    if (synced !== undefined) putJson(`,"synced":${synced}`)
    if (carrierNote) put(carrierNote)
    need(room)
    bytes[at++] = 0x7d
    digest = digestWith(digest, endLine(start))
    events++
  }

  return {
    get length() {
      return at
    },
    get events() {
      return events
    },
    get digest() {
      return digest
    },
    write(event, synced) {
      const start = at
      if (notes.length > 0) notes = []
      try {
        writeLine(event, synced)
      } catch (error) {
        at = start
        throw error
      }
    },
    writeEnd(synced) {
      const start = at
      need(room)
      at += sumLength
      const record: EndRecord = { end: { events, digest }, synced, ...(carrier !== 1 && { carrier }) }
      putJson(JSON.stringify(record))
      endLine(start)
    },
    take(spare) {
      const lines: EncodedLines = { bytes, length: at, blobs: shelf.take() }
      const size = Math.min(Math.max(bytes.length, firstSize), usualSize)
      bytes = spare && spare.length >= size && spare.length <= usualSize ? spare : Buffer.allocUnsafe(size)
      at = 0
      return lines
    }
  }
}

const outputsName = (step: string, outcome: string): string =>
  `,"step":${JSON.stringify(step)},"outcome":${JSON.stringify(outcome)},"outputs":`

/** Keeps the bytes of a text that will be needed again. */
function remember(known: Map<string, Uint8Array>, key: string, text: string): Uint8Array {
  if (known.size === mostNames) known.clear()
  const bytes = Buffer.from(text)
  known.set(key, bytes)
  return bytes
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
