import { describe, expect, test } from 'vitest'
import { type RunEvent, builtInSteps, connectionKey, foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleFlow, exampleRun } from '../timeline/exampleRun.ts'
import { viewRun } from './runView.ts'

const definitions = new Map(builtInSteps.map((definition) => [definition.type, definition]))
const path = 'Send EmailList Flow.flow.json'
const view = (events: readonly RunEvent[], now?: number) => {
  const run = foldRun(events)
  return viewRun(run, path, definitions, now ?? run.at)
}
const upTo = (at: number) => exampleEvents({ tried: 431 }).filter((event) => event.at <= at)

describe('while the background part sends mails', () => {
  const { steps, walked, replies } = view(exampleEvents({ tried: 431 }), 107_519)

  test('each step says how it stands', () => {
    expect([...steps].map(([id, { state, summary }]) => [id, state, summary])).toEqual([
      ['start', 'done', 'Done in 0.4 ms'],
      ['list', 'done', 'Done in 9.2 ms · 1,200'],
      ['go', 'done', 'Done in 2.1 ms'],
      ['send', 'running', '431 of 1,200 · 4/s'],
      ['end', 'replied', 'Replied 12 ms']
    ])
  })

  test('a counting step shows how far it is and on which thread', () => {
    expect(steps.get('send')?.progress).toBeCloseTo(431 / 1200)
    expect(steps.get('send')?.title).toBe('running, 431 of 1,200 · 4/s on Background 1')
  })

  test('the End Step is reached by the caller and not yet in the background', () => {
    expect(steps.get('end')?.title).toBe('reached by the caller at 12 ms')
    expect(steps.get('end')?.reachedInBackground).toBeUndefined()
  })

  test('connections are coloured by who walked them', () => {
    expect([...walked]).toEqual([
      [connectionKey({ from: 'start', outcome: 'Done' }), 'main'],
      [connectionKey({ from: 'list', outcome: 'Done' }), 'main'],
      [connectionKey({ from: 'go', outcome: 'Done' }), 'background']
    ])
  })

  test('the reply line of Go Async has its time', () => {
    expect([...replies]).toEqual([['go', '12 ms']])
  })
})

test('before the reply nothing is replied and the rest is not reached', () => {
  const { steps, replies } = view(upTo(5))
  expect(steps.get('list')?.state).toBe('running')
  expect(steps.get('send')).toEqual({ state: 'not-reached', title: 'not reached' })
  expect(steps.get('end')?.state).toBe('not-reached')
  expect([...replies]).toEqual([])
})

test('once the background reaches the End Step, both ways of reaching it show', () => {
  const { steps, walked } = view(exampleEvents({ mails: 8 }))
  expect(steps.get('end')).toEqual({
    state: 'replied',
    summary: 'Replied 12 ms',
    title: 'reached by the caller at 12 ms, reached in the background at 0:02.0',
    reachedInBackground: true
  })
  expect(walked.get(connectionKey({ from: 'send', outcome: 'Done' }))).toBe('background')
  expect(steps.get('send')?.summary).toBe('Done in 2 s · 8')
})

test('an outcome other than Done is named', () => {
  const { steps } = view(exampleEvents({ mails: 8, refused: [2] }))
  expect(steps.get('send')?.summary).toBe('Some Failed in 2 s · 7')
})

describe('a step that failed', () => {
  const began = upTo(5)
  const failed: RunEvent = {
    event: 'StepFailed',
    thread: 0,
    frame: 0,
    step: 'list',
    error: { code: 'document-missing', message: 'There is no document “Subscribers.csv”.' },
    handled: true,
    at: 6,
    seq: 90
  }

  test('says why', () => {
    expect(view([...began, failed]).steps.get('list')).toEqual({
      state: 'failed',
      summary: 'There is no document “Subscribers.csv”.',
      title: 'failed: There is no document “Subscribers.csv”.'
    })
  })

  test('is left along On Exception when the flow goes on there', () => {
    const connections = [...exampleFlow.connections, { from: 'list', outcome: 'On Exception', to: 'send' }]
    const flow = { ...exampleFlow, connections }
    const events = began.map((event) => (event.event === 'RunStarted' ? { ...event, flows: { [path]: flow } } : event))
    const key = connectionKey({ from: 'list', outcome: 'On Exception' })
    expect(view([...events, failed]).walked.get(key)).toBeUndefined()
    const next: RunEvent = { event: 'StepStarted', thread: 0, frame: 0, step: 'send', inputs: {}, at: 6, seq: 91 }
    expect(view([...events, failed, next]).walked.get(key)).toBe('main')
  })
})

test('a stopped step says after how long', () => {
  const stopped: RunEvent = { event: 'ThreadEnded', thread: 1, end: 'cancelled', at: 3012.4, seq: 999 }
  expect(view([...upTo(3000), stopped]).steps.get('send')).toMatchObject({
    state: 'cancelled',
    summary: 'Stopped after 3 s'
  })
})

test('a step passed in a loop counts how often', () => {
  const again = (at: number, seq: number): RunEvent[] => [
    { event: 'StepStarted', thread: 0, frame: 0, step: 'list', inputs: {}, at, seq },
    {
      event: 'StepCompleted',
      thread: 0,
      frame: 0,
      step: 'list',
      outcome: 'Done',
      outputs: {},
      at: at + 2,
      seq: seq + 1
    }
  ]
  const { steps } = view([...upTo(9.7), ...again(10, 50), ...again(20, 60)])
  expect(steps.get('list')).toMatchObject({ summary: 'Done in 2 ms · 3 times', title: 'done in 2 ms, passed 3 times' })
})

test('a disabled step is passed by, and so is its connection walked', () => {
  const steps = exampleFlow.steps.map((step) => (step.id === 'list' ? { ...step, disabled: true } : step))
  const events = upTo(0.4).map((event) =>
    event.event === 'RunStarted' ? { ...event, flows: { [path]: { ...exampleFlow, steps } } } : event
  )
  const { steps: looks, walked } = view(events)
  expect(looks.get('list')?.title).toBe('disabled, the flow passes by')
  expect(walked.get(connectionKey({ from: 'list', outcome: 'Done' }))).toBe('main')
})

test('a flow that the run does not know has nothing to show', () => {
  expect(viewRun(exampleRun({ tried: 1 }), 'Other.flow.json', definitions, 0).steps.size).toBe(0)
})
