import { expect, it } from 'vitest'
import { type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { renameValue } from './renameValue.ts'

const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'F',
    inputs: [],
    outputs: [],
    steps: [
      {
        id: 'data-1',
        type: 'create-data',
        name: 'Data',
        settings: { Values: [{ name: 'Rate', type: 'Number' }] },
        inputs: { Rate: { kind: 'constant', value: 2 } }
      },
      {
        id: 'log-1',
        type: 'log',
        name: 'Log',
        settings: {},
        inputs: { Message: { kind: 'merge', template: '{{steps.data-1.Rate}} {{flow.Rate}}', format: 'text' } }
      }
    ],
    connections: []
  },
  layout: {}
}

it('takes the input and the paths that read the value along', () => {
  const { flow } = renameValue(
    document,
    builtInSteps,
    'data-1',
    'Values',
    [{ name: 'Rate', type: 'Number' }],
    'Rate',
    'Price'
  )
  expect(flow.steps[0]?.settings).toEqual({ Values: [{ name: 'Price', type: 'Number' }] })
  expect(flow.steps[0]?.inputs).toEqual({ Price: { kind: 'constant', value: 2 } })
  expect(flow.steps[1]?.inputs).toEqual({
    Message: { kind: 'merge', template: '{{steps.data-1.Price}} {{flow.Rate}}', format: 'text' }
  })
})
