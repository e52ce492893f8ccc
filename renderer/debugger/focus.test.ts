import { describe, expect, test } from 'vitest'
import { type RunEvent, foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleRun } from '../timeline/exampleRun.ts'
import { loggedBy, stepInFocus, threadInFocus, visitsOf } from './focus.ts'

const path = 'Send EmailList Flow.flow.json'

describe('without a choice one looks at', () => {
  test('the thread that runs and the step it is at', () => {
    const run = exampleRun({ tried: 431 })
    expect(threadInFocus(run, undefined)?.name).toBe('Background 1')
    expect(stepInFocus(run, 1)).toEqual({ step: 'send', path })
  })

  test('the newest thread and its last step once all is over', () => {
    const run = exampleRun({ mails: 8 })
    expect(threadInFocus(run, undefined)?.name).toBe('Background 1')
    expect(stepInFocus(run, 1)).toEqual({ step: 'end', path })
  })
})

test('a chosen thread stays chosen, but not before it begins', () => {
  const run = exampleRun({ tried: 431 })
  expect(threadInFocus(run, 0)?.name).toBe('Main')
  const early = foldRun(exampleEvents().filter(({ at }) => at < 5))
  expect(threadInFocus(early, 1)?.name).toBe('Main')
})

test('the visits of a step are those in its own flow', () => {
  const run = exampleRun({ mails: 8 })
  expect(visitsOf(run, { step: 'send', path })).toHaveLength(1)
  expect(visitsOf(run, { step: 'send', path: 'Other.flow.json' })).toEqual([])
})

test('a line is of the step that was being visited, also where a called flow has one of the same id', () => {
  const child = 'Child.flow.json'
  const flow = (name: string, steps: [id: string, name: string][]) => ({
    id: name,
    name,
    inputs: [],
    outputs: [],
    connections: [],
    steps: steps.map(([id, name]) => ({ id, name, type: 'log', settings: {}, inputs: {} }))
  })
  const flows = { [path]: flow('Parent', [['log', 'Confirm']]), [child]: flow('Child', [['log', 'Note']]) }
  const on = { thread: 0, step: 'log', inputs: {} }
  const events: RunEvent[] = [
    { event: 'RunStarted', run: 'r', flow: path, flows, inputs: {}, startedAt: '', at: 0, seq: 1 },
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main', at: 0, seq: 2 },
    { event: 'FrameEntered', thread: 0, frame: 0, flow: 'Parent', path, inputs: {}, at: 0, seq: 3 },
    { event: 'FrameEntered', thread: 0, frame: 1, parent: 0, flow: 'Child', path: child, inputs: {}, at: 0, seq: 4 },
    { event: 'StepStarted', ...on, frame: 1, at: 1, seq: 5 },
    { event: 'StepCompleted', thread: 0, step: 'log', frame: 1, outcome: 'Done', outputs: {}, at: 2, seq: 6 },
    { event: 'StepStarted', ...on, frame: 0, at: 3, seq: 7 }
  ]
  const run = foldRun(events)
  const line = { thread: 0, step: 'log', level: 'info', message: '' } as const
  expect(loggedBy(run, { ...line, at: 1.5 })).toBe('Note')
  expect(loggedBy(run, { ...line, at: 3 })).toBe('Confirm')
})
