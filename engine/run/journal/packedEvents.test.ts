import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Value, ValueRecord } from '../../model/index.ts'
import type { RunEvent } from './event.ts'
import { PackedEvents } from './packedEvents.ts'
import { holds } from '../../testing/property/holds.ts'

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -0, 1, 249, 250, 2 ** 31 - 1, 2 ** 31, -1, 0.1, 'text'),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string(),
  fc.constant([1, 2]),
  fc.constant({ a: null })
)
const values: fc.Arbitrary<ValueRecord> = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', ''), value, {
  noNullPrototype: true
})
const place = { thread: fc.nat(300), frame: fc.nat(70_000), step: fc.constantFrom('s', 't') }
const fact = fc.oneof(
  fc.record({ event: fc.constant('StepStarted' as const), ...place, inputs: values }),
  fc.record({
    event: fc.constant('StepCompleted' as const),
    ...place,
    outcome: fc.constantFrom('Done', 'No'),
    outputs: values
  }),
  fc.record({ event: fc.constant('FrameLeft' as const), thread: place.thread, frame: place.frame })
)

it('gives back every event as it was', () => {
  return holds(
    'packed events',
    fc.property(
      fc.array(fc.tuple(fact, fc.oneof(fc.nat(5_000_000), fc.constantFrom(2 ** 31, 2 ** 40))), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (all, first) => {
        let time = 0
        const events = all.map(([one, wait], index): RunEvent => ({
          seq: first + index,
          at: (time += wait) / 1000,
          ...one
        }))
        const packed = new PackedEvents()
        for (const event of events) packed.push(event)
        expect([...packed]).toStrictEqual(events)
        expect(packed).toHaveLength(events.length)
      }
    ),
    { runs: 1000 }
  )
})

it('goes over from chunk to chunk', () => {
  const events = Array.from({ length: 30_000 }, (_, index): RunEvent => ({
    seq: index + 1,
    at: index / 10,
    event: 'StepStarted',
    thread: 0,
    frame: index % 1000,
    step: 's',
    inputs: { x: index / 3, y: index }
  }))
  const packed = new PackedEvents()
  for (const event of events) packed.push(event)
  expect([...packed]).toStrictEqual(events)
})
