import { describe, expect, test } from 'vitest'
import { exampleLoop, thenWaits } from './exampleLoop.ts'
import { lanesOf } from './lanes.ts'

const waits = (type: string) => type === 'wait-for-signal'

describe('a step that is tried again', () => {
  test('waits until then', () => {
    const [main] = lanesOf(exampleLoop(), { waits, now: 100 })
    expect(main?.state).toBe('retrying')
    expect(main?.place).toBe('Ask · try 2 of 3 in 2 s')
    expect(main?.bars.at(-1)?.state).toBe('retrying')
  })

  test('runs afterwards', () => {
    const [main] = lanesOf(exampleLoop(), { waits, now: 2060 })
    expect(main?.state).toBe('running')
    expect(main?.bars.at(-1)?.state).toBe('running')
  })

  test('is marked on its lane, which has room for that', () => {
    const [main] = lanesOf(exampleLoop(), { waits, now: 100 })
    expect(main?.busy).toBe(true)
    expect(main?.retries).toEqual([{ at: 60, name: 'Ask', tries: 'try 2 of 3', reason: 'The shop does not answer.' }])
  })
})

describe('a branch', () => {
  test('is a lane of its own that waits for its signal, on land', () => {
    const [, branch] = lanesOf(exampleLoop(...thenWaits), { waits, now: 5000 })
    expect(branch).toMatchObject({ name: 'Path 1', branch: true, water: false, state: 'waiting', parent: 0 })
    expect(branch?.place).toMatch(/^Wait for Ada · waiting since \d\d:\d\d$/)
  })

  test('of a background thread is in the water', () => {
    const birth = { event: 'ThreadStarted', at: 3000 } as const
    const run = exampleLoop(
      ...thenWaits,
      { ...birth, thread: 2, name: 'Background 1', kind: 'background', parent: 0 },
      { ...birth, thread: 3, name: 'Each', kind: 'branch', parent: 2 },
      {
        event: 'FrameEntered',
        thread: 3,
        frame: 4,
        parent: 0,
        step: 'each',
        flow: 'orders',
        inputs: { index: 6 },
        at: 1
      }
    )
    expect(lanesOf(run, { waits, now: 3000 }).at(-1)).toMatchObject({ name: 'Each 7', water: true })
  })
})
