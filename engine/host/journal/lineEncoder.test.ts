import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from 'node:zlib'
import type { Value, ValueRecord } from '../../model/index.ts'
import type { RunEvent } from '../../run/index.ts'
import { checksum } from './checksum.ts'
import { journalLine } from './journalLine.ts'
import { lineEncoder } from './lineEncoder.ts'
import { putNumber } from './putBytes.ts'
import { holds } from '../../testing/property/holds.ts'

/** What stands in a line behind its checksum. */
const jsonOf = (event: RunEvent): string => journalLine(event).slice(9, -1)

const records = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true })
const values = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Value)
const place = fc.record({
  seq: fc.nat(),
  at: fc.oneof(
    fc.nat().map((n) => n / 1000),
    fc.nat(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })
  ),
  thread: fc.nat(),
  frame: fc.nat(),
  step: fc.string({ unit: 'binary' })
})

const plain = (record: unknown): ValueRecord => JSON.parse(JSON.stringify(record)) as ValueRecord

describe('a line of the journal', () => {
  it('is the JSON of its event behind the checksum of its bytes', () => {
    return holds(
      'journal lines',
      fc.property(place, records.map(plain), values, fc.string({ unit: 'binary' }), (at, data, value, text) => {
        const events: RunEvent[] = [
          { ...at, event: 'StepStarted', inputs: data },
          { ...at, event: 'StepCompleted', outcome: text, outputs: data },
          { ...at, event: 'VariableSet', variable: text, value },
          { ...at, event: 'StepFailed', error: { code: text, message: text, detail: value }, handled: true },
          { ...at, event: 'FrameLeft', outputs: data }
        ]
        for (const event of events) {
          const line = journalLine(event)
          const read: unknown = JSON.parse(line.slice(9))
          expect(read).toEqual(JSON.parse(JSON.stringify(event)))
          expect(line.slice(0, 9)).toBe(`${crc32(line.slice(9, -1)).toString(16).padStart(8, '0')} `)
        }
      }),
      { runs: 500 }
    )
  })

  it('leaves out what is undefined, as JSON does, and keeps every field', () => {
    const event: RunEvent = { seq: 1, at: 0.5, event: 'FrameLeft', thread: 0, frame: 2 }
    expect(jsonOf(Object.assign({ extra: undefined, more: [1] }, event))).toBe(
      '{"more":[1],"seq":1,"at":0.5,"event":"FrameLeft","thread":0,"frame":2}'
    )
  })

  it('is whole however large its data is, and whatever stood in the buffer before', () => {
    const encoder = lineEncoder()
    const messages = [5, 10_000, 100, 3_000_000, 7].map((length, i) => `${i}é`.repeat(length))
    const events = messages.map((message, i): RunEvent => ({
      seq: i + 1,
      at: 0,
      event: 'Logged',
      thread: 0,
      frame: 0,
      step: 's',
      level: 'info',
      message
    }))
    const lines = events.map((event) => {
      encoder.write(event)
      const { bytes, length } = encoder.take()
      return bytes.toString('utf8', 9, length - 1)
    })
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(messages)
  })
})

describe('a number', () => {
  it('is written as JSON writes it', () => {
    const bytes = Buffer.alloc(64)
    const text = (number: number): string => bytes.toString('latin1', 3, putNumber(bytes, 3, number))
    const special = [0, -0, 1, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -1, 0.001, 0.0004, 0.1, 1.5, 1.25, 1.005]
    for (const number of [...special, 1e21, 1e300, 5e-324, NaN, Infinity, 2147483.647, 2147483.648, 0.01, 20.02])
      expect(text(number)).toBe(JSON.stringify(number))
    const numbers = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.nat(),
      fc.integer().map((n) => n / 1000),
      fc.maxSafeInteger()
    )
    return holds(
      'numbers in journal lines',
      fc.property(numbers, (number) => text(number) === JSON.stringify(number)),
      { runs: 20_000 }
    )
  })
})

describe('a checksum', () => {
  it('is that of zlib, for any bytes and any part of them', () => {
    return holds(
      'checksums',
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), (bytes, start) => {
        const from = Math.min(start, bytes.length)
        return checksum(bytes, from, bytes.length) === crc32(bytes.subarray(from))
      }),
      { runs: 2000 }
    )
  })
})
