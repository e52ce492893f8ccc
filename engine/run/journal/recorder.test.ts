import { expect, it } from 'vitest'
import { virtualClock } from '../../testing/virtualClock.ts'
import type { RunEvent } from './event.ts'
import { memoryJournal } from './journal.ts'
import { Recorder } from './recorder.ts'

/** What the journal holds of two steps; `watch` sees it too. */
async function recorded(watch?: (event: RunEvent) => void): Promise<readonly RunEvent[]> {
  const clock = virtualClock()
  const journal = memoryJournal()
  const recorder = new Recorder({ clock, journal, recording: 'full', watch })
  recorder.record({ event: 'FrameEntered', thread: 0, frame: 0, flow: 'main', inputs: {} })
  for (const step of ['a', 'b']) {
    recorder.stepStarted(0, 0, step, { x: 1 }, step === 'b')
    await clock.run(7)
    recorder.stepCompleted(0, 0, step, 'Done', { y: 'text' })
  }
  recorder.record({ event: 'FrameLeft', thread: 0, frame: 0 })
  recorder.stop()
  recorder.stepStarted(0, 0, 'c', {})
  recorder.stepCompleted(0, 0, 'c', 'Done', {})
  return journal.events
}

it('writes the same whether somebody watches or not, and nothing once it has stopped', async () => {
  const seen: RunEvent[] = []
  const events = await recorded((event) => seen.push(event))
  expect(await recorded()).toStrictEqual(events)
  expect(seen).toStrictEqual(events)
  expect(events.map(({ seq, at, event }) => [seq, at, event])).toEqual([
    [1, 0, 'FrameEntered'],
    [2, 0, 'StepStarted'],
    [3, 7, 'StepCompleted'],
    [4, 7, 'StepStarted'],
    [5, 14, 'StepCompleted'],
    [6, 14, 'FrameLeft']
  ])
})
