import { describe, expect, test } from 'vitest'
import { builtInSteps } from '../../steps/index.ts'
import { backgroundPart } from './backgroundPart.ts'
import { callerOutcomeOf } from './callerOutcome.ts'
import type { Flow } from './flow.ts'
import type { Step } from '../step/step.ts'

/** A flow drawn as `from > to` pairs, all by Done. The kind of a step stands before the dot of its id. */
function flowOf(...ways: string[]): Flow {
  const pairs = ways.map((way) => way.split(' > ') as [string, string?])
  const ids = new Set(pairs.flat().filter((id) => id !== undefined))
  const steps = [...ids].map((id): Step => {
    return { id, type: id.replace(/\..*/, ''), name: id, settings: {}, inputs: {} }
  })
  const connections = pairs.flatMap(([from, to]) => (to === undefined ? [] : [{ from, outcome: 'Done', to }]))
  return { id: 'f', name: 'F', inputs: [], outputs: [], steps, connections }
}

function partOf(flow: Flow): string {
  const { steps, connections } = backgroundPart(flow, builtInSteps)
  return `${[...steps].sort().join(' ')} | ${[...connections].sort().join(' ')}`
}

describe('the background part', () => {
  test('is what is only reached through Go Async, the End Step included', () => {
    expect(partOf(flowOf('start > log.1', 'log.1 > go-async', 'go-async > log.2', 'log.2 > end'))).toBe(
      'end log.2 | go-async:Done log.2:Done'
    )
  })

  test('leaves out what the foreground reaches too', () => {
    const flow = flowOf('start > go-async', 'go-async > log.1', 'log.1 > end')
    const both = { ...flow, connections: [...flow.connections, { from: 'start', outcome: 'Other', to: 'end' }] }
    expect(partOf(both)).toBe('log.1 | go-async:Done log.1:Done')
  })

  test('has no steps when Go Async leads back to what came before it', () => {
    expect(partOf(flowOf('start > log.1', 'log.1 > go-async', 'go-async > log.1'))).toBe(' | go-async:Done')
  })

  test('holds a second Go Async and what follows it', () => {
    expect(partOf(flowOf('start > go-async.1', 'go-async.1 > go-async.2', 'go-async.2 > end'))).toBe(
      'end go-async.2 | go-async.1:Done go-async.2:Done'
    )
  })

  test('is there already while nothing leads to Go Async yet, but not without Go Async', () => {
    expect(partOf(flowOf('start', 'go-async > log.1', 'log.1 > end'))).toBe('end log.1 | go-async:Done log.1:Done')
    expect(partOf(flowOf('start > log.1', 'log.2 > end'))).toBe(' | ')
  })

  test('is not there while Go Async is disabled', () => {
    const flow = flowOf('start > go-async', 'go-async > end')
    const steps = flow.steps.map((step) => (step.id === 'go-async' ? { ...step, disabled: true } : step))
    expect(partOf({ ...flow, steps })).toBe(' | ')
  })

  test('does not mind connections to steps that are not there', () => {
    expect(partOf(flowOf('start > go-async', 'go-async > ghost', 'ghost > ghost'))).toContain('go-async:Done')
    const flow = flowOf('start > go-async')
    const broken = { ...flow, connections: [...flow.connections, { from: 'go-async', outcome: 'Done', to: 'nobody' }] }
    expect(partOf(broken)).toBe(' | go-async:Done')
  })
})

describe('the outcome that the caller gets', () => {
  const outcomeOf = (flow: Flow, chosen: string) => {
    const step = { id: 'g', type: 'go-async', name: 'G', settings: { 'Caller outcome': chosen }, inputs: {} }
    return callerOutcomeOf(flow, step, builtInSteps)?.id
  }

  test('is the only End Step, the chosen one, or unknown', () => {
    expect(outcomeOf(flowOf('start > end'), '')).toBe('end')
    expect(outcomeOf(flowOf('start > end.1', 'log > end.2'), 'end.2')).toBe('end.2')
    expect(outcomeOf(flowOf('start > end.1', 'log > end.2'), '')).toBeUndefined()
    expect(outcomeOf(flowOf('start > end'), 'log')).toBeUndefined()
    expect(outcomeOf(flowOf('start > log'), '')).toBeUndefined()
  })
})
