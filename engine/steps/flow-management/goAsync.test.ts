import { describe, expect, it } from 'vitest'
import type { Flow, Step } from '../../model/index.ts'
import { goAsync } from './goAsync.ts'

const end = (id: string, name: string): Step => ({ id, type: 'end', name, settings: {}, inputs: {} })
const describeIn = (ends: Step[], callerOutcome = ''): string | undefined => {
  const settings = { 'Caller outcome': callerOutcome }
  const step: Step = { id: 'g', type: 'go-async', name: 'Go Async 1', settings, inputs: {} }
  const flow: Flow = { id: 'f', name: 'f', inputs: [], outputs: [], steps: [step, ...ends], connections: [] }
  return goAsync.describe?.(step, { flow, flowAt: () => undefined })
}

describe('Go Async', () => {
  it('shows which End Step the caller gets', () => {
    expect(describeIn([end('e1', 'End Step')])).toBe('Caller gets End Step')
    expect(describeIn([end('e1', 'Sent'), end('e2', 'Not Sent')], 'e2')).toBe('Caller gets Not Sent')
  })

  it('shows that the choice is open, or the chosen one gone', () => {
    expect(describeIn([end('e1', 'Sent'), end('e2', 'Not Sent')])).toBe('Caller outcome not chosen')
    expect(describeIn([end('e1', 'Sent')], 'e9')).toBe('Caller outcome not chosen')
  })
})
