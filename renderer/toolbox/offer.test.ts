import { describe, expect, it } from 'vitest'
import { type Flow, builtInSteps } from '../../engine/index.ts'
import { highlight, offer } from './offer.ts'

const empty: Flow = { id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] }
const started: Flow = {
  ...empty,
  steps: [{ id: 'start-1', type: 'start', name: 'Start', settings: {}, inputs: {} }]
}
const titles = (flow: Flow, query?: string) =>
  offer(builtInSteps, flow, query).flatMap(({ steps }) => steps.map(({ title }) => title))

describe('what the Toolbox offers', () => {
  it('is every kind of step, by category', () => {
    expect(titles(empty)).toHaveLength(builtInSteps.length)
    expect(offer(builtInSteps, empty)[0]?.category).toBe('Flow Management')
  })

  it('leaves Start out while the flow has one', () => {
    expect(titles(empty)).toContain('Start')
    expect(titles(started)).not.toContain('Start')
    expect(titles(started)).toContain('End Step')
  })

  it('narrows down by all words of the query, whatever their case', () => {
    expect(titles(started, 'GO as')).toContain('Go Async')
    expect(titles(started, 'go xyz')).toEqual([])
    expect(titles(started, 'send email')[0]).toBe('Send Email')
  })

  it('finds steps by their category', () => {
    expect(offer(builtInSteps, started, 'flow management').map(({ category }) => category)).toEqual(['Flow Management'])
  })
})

describe('highlights', () => {
  it('mark each word of the query', () => {
    expect(highlight('Go Async', 'as go')).toEqual([
      { text: 'Go', found: true },
      { text: ' ', found: false },
      { text: 'As', found: true },
      { text: 'ync', found: false }
    ])
  })

  it('mark nothing without a query', () => {
    expect(highlight('Go Async', ' ')).toEqual([{ text: 'Go Async', found: false }])
  })
})
