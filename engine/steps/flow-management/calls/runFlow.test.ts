import { describe, expect, it } from 'vitest'
import {
  type Flow,
  type Step,
  type StepContext,
  type StepSurroundings,
  inputsOf,
  outcomesOf
} from '../../../model/index.ts'
import { runFlow } from './runFlow.ts'

const child: Flow = {
  id: 'child',
  name: 'Send Receipt',
  inputs: [
    { name: 'Order', type: 'Text', required: true },
    { name: 'Copies', type: 'Number', required: true, initial: 2 }
  ],
  outputs: [{ name: 'Number', type: 'Text' }],
  steps: [
    { id: 'e1', type: 'end', name: 'Sent', settings: {}, inputs: {} },
    { id: 'e2', type: 'end', name: 'Not Sent', settings: {}, inputs: {} }
  ],
  connections: []
}
const step: Step = {
  id: 'r',
  type: 'run-flow',
  name: 'Run Flow 1',
  settings: { Flow: 'a/Receipt.flow.json' },
  inputs: {}
}
const parent: Flow = { id: 'p', name: 'p', inputs: [], outputs: [], steps: [step], connections: [] }
const here: StepSurroundings = { flow: parent, flowAt: (path) => (path === 'a/Receipt.flow.json' ? child : undefined) }
const nowhere: StepSurroundings = { flow: parent, flowAt: () => undefined }

const run = (given: Partial<StepContext>) =>
  // Only these fields concern Run Flow.
  runFlow.run({ step, settings: step.settings, dynamicInputs: { Order: '7' }, ...given } as StepContext)

describe('Run Flow', () => {
  it('has the inputs of the other flow, with its initial values', () => {
    expect(inputsOf(runFlow, step, here)).toMatchObject({
      Order: { type: 'Text', required: true },
      Copies: { type: 'Number', required: false, initial: { kind: 'constant', value: 2 } }
    })
  })

  it('has an outcome for each End Step of the other flow, with its outputs', () => {
    const outcomes = outcomesOf(runFlow, step, here)
    expect(outcomes.map(({ name }) => name)).toEqual(['Sent', 'Not Sent', 'On Exception'])
    expect(outcomes[0]?.outputs).toMatchObject({ Number: { type: 'Text' } })
  })

  it('has neither when the other flow cannot be found', () => {
    expect(inputsOf(runFlow, step, nowhere)).toEqual({})
    expect(runFlow.dynamicOutcomes?.(step, nowhere)).toBeUndefined()
  })

  it('enters the other flow first, and leaves with its reply when called again', () => {
    expect(run({ result: undefined })).toEqual({
      kind: 'enter',
      catches: false,
      into: { flow: 'a/Receipt.flow.json', inputs: { Order: '7' } },
      state: null
    })
    expect(run({ result: { outcome: 'Sent', outputs: { Number: '9' } } })).toEqual({
      kind: 'exit',
      outcome: 'Sent',
      outputs: { Number: '9' }
    })
  })

  it('fails when no flow was chosen', () => {
    expect(() => run({ result: undefined, settings: { Flow: '' } })).toThrow('Choose one in its setting Flow')
  })

  it('shows the name of the other flow, or of its file', () => {
    expect(runFlow.describe?.(step, here)).toBe('Send Receipt')
    expect(runFlow.describe?.(step, nowhere)).toBe('Receipt')
    expect(runFlow.describe?.({ ...step, settings: {} }, here)).toBe('No flow chosen')
  })
})
