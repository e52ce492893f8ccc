import { expect, test } from 'vitest'
import { builtInSteps } from '../../steps/index.ts'
import { availableData } from './availableData.ts'
import type { Flow } from '../../model/index.ts'

const flow: Flow = {
  id: 'f',
  name: 'F',
  inputs: [{ name: 'Who.ever', type: 'Email' }],
  outputs: [],
  steps: [
    { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
    { id: 'list', type: 'email-address-list', name: 'List', settings: {}, inputs: {} },
    { id: 'mail', type: 'send-email', name: 'Mail', settings: {}, inputs: {} },
    { id: 'end', type: 'end', name: 'End', settings: {}, inputs: {} },
    { id: 'alone', type: 'log', name: 'Alone', settings: {}, inputs: {} }
  ],
  connections: [
    { from: 'start', outcome: 'Done', to: 'list' },
    { from: 'list', outcome: 'Done', to: 'mail' },
    { from: 'list', outcome: 'Empty', to: 'end' },
    { from: 'mail', outcome: 'Done', to: 'end' },
    { from: 'mail', outcome: 'Some Failed', to: 'end' }
  ]
}

function dataAt(step: string, around: Flow = flow): string[] {
  const data = availableData({ flow: around, layout: {} }, builtInSteps, { flowAt: () => undefined }, step)
  return data.map(({ path, type, availability }) => `${path}: ${type}, ${availability}`)
}

const input = 'flow.Who\\.ever: Email, always'

test('the inputs of the flow are there from the start', () => {
  expect(dataAt('start')).toEqual([input])
})

test('outputs are there behind the outcomes that give them', () => {
  expect(dataAt('mail')).toEqual([
    input,
    'steps.list.Addresses: List of Email, always',
    'steps.list.Count: Number, always',
    'steps.list.Document: File, always',
    'steps.list.Invalid: List of Record, always'
  ])
})

test('outputs are marked where only some paths give them', () => {
  expect(dataAt('end')).toEqual([
    input,
    'steps.list.Addresses: List of Email, some',
    'steps.list.Count: Number, some',
    'steps.list.Document: File, some',
    'steps.list.Invalid: List of Record, always',
    'steps.mail.Sent: Number, some',
    'steps.mail.Total: Number, some',
    'steps.mail.Failed: List of Record, some'
  ])
})

test('in a loop a step may see what it gave in the round before', () => {
  const looped = {
    ...flow,
    connections: [...flow.connections.slice(0, 4), { from: 'mail', outcome: 'Some Failed', to: 'mail' }]
  }
  expect(dataAt('mail', looped)).toContain('steps.mail.Failed: List of Record, some')
  expect(dataAt('mail', looped)).toContain('steps.list.Count: Number, always')
})

test('what a disabled step would give is not there', () => {
  const steps = flow.steps.map((step) => (step.id === 'list' ? { ...step, disabled: true } : step))
  expect(dataAt('mail', { ...flow, steps })).toEqual([input])
})

test('a step that nothing leads to yet is offered everything, marked', () => {
  expect(dataAt('alone')).toHaveLength(10)
  expect(dataAt('alone')).toContain('steps.mail.Error: Record, some')
  expect(
    dataAt('alone')
      .slice(1)
      .every((line) => line.endsWith('some'))
  ).toBe(true)
})
