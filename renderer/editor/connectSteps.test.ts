import { expect, it } from 'vitest'
import {
  type FlowDocument,
  type StepDefinition,
  builtInSteps,
  defineStep,
  exit,
  setMapping
} from '../../engine/index.ts'
import { connectSteps } from './connectSteps.ts'
import { placeStepAt } from './placeStep.ts'

/** Gives what its twin takes: the same names, one of them of another type. */
const giver = defineStep({
  type: 'giver',
  title: 'Giver',
  summary: 'Gives.',
  category: 'Data',
  icon: 'table-2',
  inputs: {},
  settings: {},
  outcomes: {
    Done: { outputs: { Title: { type: 'Text', summary: '' }, Count: { type: 'Text', summary: '' } } },
    Empty: { outputs: {} }
  },
  run: () => exit('Empty', {})
})
const taker = defineStep({
  ...giver,
  type: 'taker',
  title: 'Taker',
  inputs: { Title: { type: 'Text', summary: '' }, Count: { type: 'Number', summary: '' } },
  outcomes: {},
  run: () => exit('Done', {})
})
const definitions: readonly StepDefinition[] = [...builtInSteps, giver, taker]
const known = { definitions, flowAt: () => undefined }

function flowOf(...types: readonly string[]): FlowDocument {
  let document: FlowDocument = {
    flow: { id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] },
    layout: {}
  }
  for (const type of types)
    for (const definition of definitions.filter((one) => one.type === type))
      document = placeStepAt(document, definition, { x: 0, y: 0 }).document
  return connectSteps(document, { from: 'start-1', outcome: 'Done', to: 'giver-1' }, known).document
}

const inputsOf = ({ flow }: FlowDocument) => flow.steps.find(({ id }) => id === 'taker-1')?.inputs

it('maps inputs of the same name and type, and says which', () => {
  const connected = connectSteps(
    flowOf('start', 'giver', 'taker'),
    { from: 'giver-1', outcome: 'Done', to: 'taker-1' },
    known
  )
  expect(inputsOf(connected.document)).toEqual({ Title: { kind: 'select', path: 'steps.giver-1.Title' } })
  expect(connected.mapped).toEqual([{ input: 'Title', from: 'Giver 1' }])
})

it('leaves alone what has a value', () => {
  const set = setMapping(flowOf('start', 'giver', 'taker'), 'taker-1', 'Title', { kind: 'constant', value: 'Mine' })
  const connected = connectSteps(set, { from: 'giver-1', outcome: 'Done', to: 'taker-1' }, known)
  expect(inputsOf(connected.document)?.['Title']).toEqual({ kind: 'constant', value: 'Mine' })
  expect(connected.mapped).toEqual([])
})

it('maps nothing that the outcome does not give', () => {
  const connected = connectSteps(
    flowOf('start', 'giver', 'taker'),
    { from: 'giver-1', outcome: 'Empty', to: 'taker-1' },
    known
  )
  expect(inputsOf(connected.document)).toEqual({})
})

it('gives back the same document when the connection is there already', () => {
  const connected = connectSteps(
    flowOf('start', 'giver', 'taker'),
    { from: 'giver-1', outcome: 'Done', to: 'taker-1' },
    known
  )
  const again = connectSteps(connected.document, { from: 'giver-1', outcome: 'Done', to: 'taker-1' }, known)
  expect(again.document).toBe(connected.document)
})
