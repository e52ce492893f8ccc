import type { RunEvent } from '../../run/index.ts'
import { type Blob, blobRecord } from './blobs.ts'
import { checksum, digestWith } from './checksum.ts'
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
  writeEnd(): void
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

/** The size of a buffer that lines are written into, in bytes. */
const usualSize = 512 * 1024

/** The room that is there before a number, a name or a short text is written. */
const room = 1024

/** Texts up to this length are written character by character. */
const shortText = 100

/** How many names of fields and large texts are remembered. */
const [mostNames, mostTexts] = [10_000, 16]

const hexDigits = Buffer.from('0123456789abcdef')

/** `events`, `digest`: of the lines that a journal holds already. */
export function lineEncoder(events = 0, digest = 0): LineEncoder {
  let bytes: Buffer = Buffer.allocUnsafe(usualSize)
  let at = 0
  let blobs: Blob[] = []
  const names = new Map<string, Uint8Array>()
  const written = new Set<string>()
  /** The records, as JSON, of values that were put away before. */
  const objects = new WeakMap<object, string>()
  const texts = new Map<string, string>()
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

  const putName = (name: string): void => {
    let known = names.get(name)
    if (known === undefined) {
      if (names.size === mostNames) names.clear()
      known = Buffer.from(`${JSON.stringify(name)}:`)
      names.set(name, known)
    }
    need(known.length + room)
    for (let i = 0; i < known.length; i++) bytes[at + i] = known[i] ?? 0
    at += known.length
  }

  const putText = (text: string): void => {
    if (text.length > shortText) {
      putJson(JSON.stringify(text))
      return
    }
    const start = at
    bytes[at++] = 0x22
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      // Anything that JSON or UTF-8 would write otherwise.
      if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) {
        at = start
        putJson(JSON.stringify(text))
        return
      }
      bytes[at++] = code
    }
    bytes[at++] = 0x22
  }

  /** A whole number from 0 up to 2³¹. */
  const putDigits = (number: number): void => {
    let place = at
    let left = number
    do {
      place++
      left = (left / 10) | 0
    } while (left > 0)
    at = place
    left = number
    do {
      const rest = (left / 10) | 0
      bytes[--place] = 0x30 + left - 10 * rest
      left = rest
    } while (left > 0)
  }

  const putNumber = (number: number): void => {
    if (number === (number | 0) && number >= 0) {
      putDigits(number)
      return
    }
    // Times have three decimals at most.
    const thousandths = Math.round(1000 * number)
    if (number >= 0.001 && thousandths < 2 ** 31 && thousandths / 1000 === number) {
      const whole = (thousandths / 1000) | 0
      let rest = thousandths - 1000 * whole
      putDigits(whole)
      bytes[at++] = 0x2e
      for (let unit = 100; rest > 0; unit /= 10) {
        const digit = (rest / unit) | 0
        bytes[at++] = 0x30 + digit
        rest -= digit * unit
      }
      return
    }
    at += bytes.write(Number.isFinite(number) ? String(number) : 'null', at, 'latin1')
  }

  const putValue = (value: unknown): void => {
    need(room)
    if (typeof value === 'number') putNumber(value)
    else if (typeof value === 'string') putText(value)
    else putJson(JSON.stringify(value))
  }

  /** What an earlier blob of the very same value left to be written in its place. */
  const knownRecord = (value: unknown): string | undefined => {
    if (written.size === 0) return undefined
    if (typeof value === 'object' && value !== null) return objects.get(value)
    return typeof value === 'string' && value.length > shortText ? texts.get(value) : undefined
  }

  /** Puts `content`, the JSON of `value`, away; gives what stands in its place. */
  const putAway = (value: unknown, content: Buffer): string => {
    const record = blobRecord(content)
    const json = JSON.stringify(record)
    if (!written.has(record.hash)) {
      written.add(record.hash)
      blobs.push({ hash: record.hash, content })
    }
    if (typeof value === 'object' && value !== null) objects.set(value, json)
    else if (typeof value === 'string') {
      const [oldest] = texts.keys()
      if (oldest !== undefined && texts.size === mostTexts) texts.delete(oldest)
      texts.set(value, json)
    }
    return json
  }

  /** Writes a value that may be large; `path` says where in the event it stands. */
  const putLarge = (value: unknown, path: string[]): void => {
    let record = knownRecord(value)
    if (record === undefined) {
      const start = at
      putValue(value)
      if (at - start <= largestInline) return
      record = putAway(value, Buffer.from(bytes.subarray(start, at)))
      at = start
    }
    putJson(record)
    notes.push(path)
  }

  /** Writes named values, of which each may be large, or all together. */
  const putLargeFields = (fields: Fields, field: string): void => {
    const known = knownRecord(fields)
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
      if (typeof value === 'number') putNumber(value)
      else putLarge(value, [field, name])
    }
    need(room)
    bytes[at++] = 0x7d
    if (at - start <= largestInline) return
    at = start
    notes = notes.filter(([name]) => name !== field)
    putJson(putAway(fields, Buffer.from(JSON.stringify(fields))))
    notes.push([field])
  }

  /** Closes the line that begins at `start` and has its checksum. */
  const endLine = (start: number): number => {
    const sum = checksum(bytes, start + sumLength, at)
    for (let i = sumLength - 2, left = sum; i >= 0; i--, left >>>= 4) bytes[start + i] = hexDigits[left & 15] ?? 0
    bytes[start + sumLength - 1] = 0x20
    need(room)
    bytes[at++] = 0x0a
    return sum
  }

  const writeLine = (event: Fields, synced: number | undefined): void => {
    need(room)
    const start = at
    at += sumLength
    bytes[at++] = 0x7b
    for (const name in event) {
      const value = event[name]
      if (value === undefined) continue
      if (bytes[at - 1] !== 0x7b) bytes[at++] = 0x2c
      putName(name)
      if (typeof value === 'number') putNumber(value)
      else if (typeof value === 'string' && name !== 'value') putText(value)
      else if (!largeFields.has(name)) putValue(value)
      else if (name !== 'value' && isFields(value)) putLargeFields(value, name)
      else putLarge(value, [name])
    }
    if (notes.length > 0) putJson(`,"blobs":${JSON.stringify(notes)}`)
    if (synced !== undefined) putJson(`,"synced":${synced}`)
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
      notes = []
      try {
        writeLine(event, synced)
      } catch (error) {
        at = start
        throw error
      }
    },
    writeEnd() {
      const start = at
      need(room)
      at += sumLength
      const record: EndRecord = { end: { events, digest } }
      putJson(JSON.stringify(record))
      endLine(start)
    },
    take(spare) {
      const lines: EncodedLines = { bytes, length: at, blobs }
      bytes = spare?.length === usualSize ? spare : Buffer.allocUnsafe(usualSize)
      at = 0
      blobs = []
      return lines
    }
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
