import { expect, it } from 'vitest'
import type { RunEvent } from '../../engine/index.ts'
import { batchEvents } from './eventBatches.ts'

const logged = (seq: number): RunEvent => ({
  event: 'Logged',
  seq,
  at: seq,
  thread: 0,
  frame: 0,
  step: 'log-1',
  level: 'info',
  message: ''
})
const replied = (seq: number): RunEvent => ({
  event: 'Replied',
  seq,
  at: seq,
  thread: 0,
  outcome: 'Done',
  step: 'end',
  outputs: {}
})

/** A batch and a timer that goes off when told. */
function setUp() {
  const sent: number[][] = []
  let waiting: (() => void) | undefined
  const batches = batchEvents(
    (events) => sent.push(events.map(({ seq }) => seq)),
    (_milliseconds, then) => {
      waiting = then
      return () => (waiting = undefined)
    }
  )
  return { sent, batches, tick: () => waiting?.(), isWaiting: () => waiting !== undefined }
}

it('sends many events as one batch', () => {
  const { sent, batches, tick } = setUp()
  for (let seq = 1; seq <= 100; seq++) batches.add(logged(seq))
  expect(sent).toEqual([])
  tick()
  expect(sent.map((batch) => batch.length)).toEqual([100])
})

it('sends the reply at once, behind what came before it', () => {
  const { sent, batches, isWaiting } = setUp()
  batches.add(logged(1))
  batches.add(replied(2))
  expect(sent).toEqual([[1, 2]])
  expect(isWaiting()).toBe(false)
})

it('starts a new wait after each batch and sends nothing twice', () => {
  const { sent, batches, tick } = setUp()
  batches.add(logged(1))
  tick()
  batches.flush()
  batches.add(logged(2))
  tick()
  expect(sent).toEqual([[1], [2]])
})
