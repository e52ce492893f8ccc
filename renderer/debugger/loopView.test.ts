import { describe, expect, test } from 'vitest'
import { builtInSteps, connectionKey } from '../../engine/index.ts'
import { exampleLoop, loopPath, thenWaits } from '../timeline/exampleLoop.ts'
import { flowDataOf } from './flowData.ts'
import { viewRun } from './runView.ts'
import { stackOf } from './stack.ts'
import { waitedSignals } from './waitedSignals.ts'

const definitions = new Map(builtInSteps.map((definition) => [definition.type, definition]))
const unitOf = () => 'item'

describe('while a loop runs', () => {
  const run = exampleLoop()
  const { steps, walked } = viewRun(run, loopPath, definitions, 100)

  test('its step counts the times it has gone round', () => {
    expect(steps.get('each')).toMatchObject({ state: 'running', summary: '1 of 3', progress: 1 / 3 })
  })

  test('a step in it that is tried again says when', () => {
    expect(steps.get('ask')).toMatchObject({ state: 'retrying', summary: 'Try 2 of 3 in 2 s' })
    expect(steps.get('ask')?.title).toBe('failed, try 2 of 3 in 2 s, passed 2 times')
  })

  test('and which try it is once it goes on', () => {
    expect(viewRun(run, loopPath, definitions, 3100).steps.get('ask')).toMatchObject({
      state: 'running',
      summary: 'Running 3 s · try 2 of 3'
    })
  })

  test('the way into it is walked', () => {
    expect(walked.get(connectionKey({ from: 'each', outcome: 'Each' }))).toBe('main')
    expect(walked.get(connectionKey({ from: 'each', outcome: 'Done' }))).toBeUndefined()
  })

  test('the stack tells which item it is at', () => {
    expect(stackOf(run, 0, unitOf).map(({ title, note }) => [title, note])).toEqual([
      ['Ask', ''],
      ['Item 2 of Each Order', 'b'],
      ['Each Order', ''],
      ['Orders', '']
    ])
  })

  test('steps read the variables, and what the loop adds', () => {
    expect(flowDataOf(run, 2)).toMatchObject({
      variables: { Seen: 1 },
      inside: [{ name: 'Each Order', values: { order: 'b', index: 1 } }]
    })
  })
})

describe('while a path waits for a signal', () => {
  const run = exampleLoop(...thenWaits)
  const { steps, walked } = viewRun(run, loopPath, definitions, 5000)

  test('its step says so, and the Parallel how many paths have come', () => {
    expect(steps.get('signal')?.state).toBe('waiting')
    expect(steps.get('signal')?.summary).toMatch(/^Waiting since \d\d:\d\d$/)
    expect(steps.get('both')).toMatchObject({ state: 'running', summary: '0 of 1' })
    expect(walked.get(connectionKey({ from: 'both', outcome: 'Path 1' }))).toBe('main')
  })

  test('the signal can be sent', () => {
    expect(waitedSignals(exampleLoop(), definitions)).toEqual([])
    expect(waitedSignals(run, definitions)).toEqual(['ada'])
  })

  test('the stack of the path ends where it began', () => {
    expect(stackOf(run, 1, unitOf).map(({ title, note }) => [title, note])).toEqual([
      ['Wait for Ada', ''],
      ['Path 1', 'of Both']
    ])
  })
})
