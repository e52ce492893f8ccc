import { describe, expect, test } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleRun } from './exampleRun.ts'
import { lanesOf } from './lanes.ts'

describe('the lanes of a run that sends mails in the background', () => {
  const [main, behind] = lanesOf(exampleRun({ tried: 431, refused: [429] }))

  test('are one for each thread', () => {
    expect([main?.name, behind?.name]).toEqual(['Main', 'Background 1'])
    expect([main?.water, behind?.water]).toEqual([false, true])
  })

  test('say where each thread is', () => {
    expect(main?.place).toBe('ended · End Step')
    expect(behind?.place).toBe('Send Email 1 · 431 of 1,200')
    expect(behind?.origin).toBe('started by Go Async 1')
  })

  test('say everything in words', () => {
    expect(main?.description).toBe('Main, replied End Step after 12 ms and ended there')
    expect(behind?.description).toBe(
      'Background 1, started by Go Async 1 at 12 ms, running Send Email 1, 431 of 1,200, 1 failed'
    )
  })

  test('have a bar for each visit', () => {
    expect(main?.bars.map(({ name, state }) => [name, state])).toEqual([
      ['Start', 'done'],
      ['Email Address List', 'done'],
      ['Go Async 1', 'done']
    ])
    expect(behind?.bars.map(({ name, to }) => [name, to])).toEqual([['Send Email 1', undefined]])
  })

  test('begin in the background when the reply is given', () => {
    expect(behind?.from).toBe(12)
    expect(behind?.parent).toBe(0)
  })

  test('have room for marks where items are counted', () => {
    expect([main?.busy, behind?.busy]).toEqual([false, true])
  })
})

test('a background thread that reached its End Step says so', () => {
  const [, behind] = lanesOf(exampleRun({ mails: 8 }))
  expect(behind?.state).toBe('done')
  expect(behind?.place).toBe('ended · End Step')
})

test('a stopped thread says where it was stopped', () => {
  const events = exampleEvents({ tried: 3 })
  const run = foldRun([...events, { event: 'ThreadEnded', thread: 1, end: 'cancelled', at: 900, seq: 99 }])
  const [, behind] = lanesOf(run)
  expect(behind?.place).toBe('stopped · Send Email 1')
  expect(behind?.description).toBe('Background 1, started by Go Async 1 at 12 ms, stopped at Send Email 1 after 900 ms')
  expect(behind?.bars.at(-1)).toMatchObject({ state: 'cancelled', to: 900 })
})

test('steps of a called flow lie in the bar of the step that called it', () => {
  const path = 'Parent.flow.json'
  const flow = (name: string, steps: readonly string[]) => ({
    id: name,
    name,
    inputs: [],
    outputs: [],
    connections: [],
    steps: steps.map((id) => ({ id, name: id, type: 'log', settings: {}, inputs: {} }))
  })
  const run = foldRun([
    {
      event: 'RunStarted',
      run: 'r',
      flow: path,
      flows: { [path]: flow('Parent', ['call']), 'Child.flow.json': flow('Child', ['inner']) },
      inputs: {},
      startedAt: '2026-03-02T10:43:00.000Z',
      at: 0,
      seq: 1
    },
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main', at: 0, seq: 2 },
    { event: 'FrameEntered', thread: 0, frame: 0, flow: 'Parent', path, inputs: {}, at: 0, seq: 3 },
    { event: 'StepStarted', thread: 0, frame: 0, step: 'call', inputs: {}, at: 1, seq: 4 },
    {
      event: 'FrameEntered',
      thread: 0,
      frame: 1,
      parent: 0,
      step: 'call',
      flow: 'Child',
      path: 'Child.flow.json',
      inputs: {},
      at: 1,
      seq: 5
    },
    { event: 'StepStarted', thread: 0, frame: 1, step: 'inner', inputs: {}, at: 2, seq: 6 }
  ])
  expect(lanesOf(run)[0]?.bars.map(({ name, depth }) => [name, depth])).toEqual([
    ['call', 0],
    ['inner', 1]
  ])
})
