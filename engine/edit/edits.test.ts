import { describe, expect, test } from 'vitest'
import { builtInSteps } from '../steps/index.ts'
import { duplicateSteps } from './addCopies.ts'
import { connect, disconnect, moveBehind, whyNotConnect } from './editConnections.ts'
import {
  removeFlowOutput,
  renameFlow,
  renameFlowInput,
  renameFlowOutput,
  setDescription,
  setFlowInputs,
  setFlowOutputs
} from './editFlow.ts'
import {
  addStep,
  moveBefore,
  moveSteps,
  newStep,
  removeSteps,
  renameStep,
  setDisabled,
  setMapping,
  setNoData,
  setNote,
  setOutcomeNames,
  setOutputMapping,
  setRetry,
  setSetting,
  setTimeLimit
} from './editSteps.ts'
import { addVariable, removeVariable, renameVariable, setVariableInitial, setVariableType } from './editVariables.ts'
import { type FlowDocument, stepOf, uniqueName, uniqueStepId } from '../model/index.ts'

const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Letters',
    inputs: [{ name: 'Season', type: 'Text' }],
    outputs: [{ name: 'Count', type: 'Number' }],
    steps: [
      { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
      {
        id: 'email-address-list-1',
        type: 'email-address-list',
        name: 'Email Address List',
        settings: { Source: 'Document' },
        inputs: { Document: { kind: 'constant', value: 'list.csv' } }
      },
      {
        id: 'send-email-1',
        type: 'send-email',
        name: 'Send Email 1',
        settings: {},
        inputs: {
          To: { kind: 'select', path: 'steps.email-address-list-1.Addresses' },
          Subject: { kind: 'merge', template: '{{{{ {{flow.Season}} of {{recipient.Name}}', format: 'text' }
        }
      },
      {
        id: 'end',
        type: 'end',
        name: 'End Step',
        settings: {},
        inputs: { Count: { kind: 'select', path: 'steps.email-address-list-1.Count' } }
      }
    ],
    connections: [
      { from: 'start', outcome: 'Done', to: 'email-address-list-1' },
      { from: 'email-address-list-1', outcome: 'Done', to: 'send-email-1' },
      { from: 'send-email-1', outcome: 'Done', to: 'end' }
    ]
  },
  layout: {
    start: { x: 0, y: 0 },
    'email-address-list-1': { x: 100, y: 0 },
    'send-email-1': { x: 400, y: 0 },
    end: { x: 700, y: 0 }
  }
}
const definitionOf = (type: string) => builtInSteps.find((definition) => definition.type === type)!

describe('an edit that changes nothing gives the same document', () => {
  test.each<[string, FlowDocument]>([
    ['addStep', addStep(document, document.flow.steps[1]!, { x: 9, y: 9 })],
    ['removeSteps', removeSteps(document, ['ghost'])],
    ['moveSteps', moveSteps(document, { start: { x: 0, y: 0 } })],
    ['renameStep', renameStep(document, 'end', 'End Step')],
    ['renameStep of no step', renameStep(document, 'ghost', 'Ghost')],
    ['setSetting', setSetting(document, 'email-address-list-1', 'Source', 'Document')],
    ['setSetting to the initial one', setSetting(document, 'send-email-1', 'Send', undefined)],
    ['setMapping', setMapping(document, 'end', 'Count', { path: 'steps.email-address-list-1.Count', kind: 'select' })],
    ['setNote', setNote(document, 'end', '')],
    ['setDisabled', setDisabled(document, 'end', false)],
    ['connect', connect(document, { from: 'start', outcome: 'Done', to: 'email-address-list-1' })],
    ['disconnect', disconnect(document, 'start', 'Other')],
    ['renameFlow', renameFlow(document, 'Letters')],
    ['setDescription', setDescription(document, '')],
    ['setFlowInputs', setFlowInputs(document, [{ name: 'Season', type: 'Text' }])],
    ['setFlowOutputs', setFlowOutputs(document, [{ type: 'Number', name: 'Count' }])],
    ['renameFlowInput', renameFlowInput(document, builtInSteps, 'Nothing', 'Something')],
    ['renameFlowOutput', renameFlowOutput(document, builtInSteps, 'Count', 'Count')],
    ['removeFlowOutput', removeFlowOutput(document, builtInSteps, 'Nothing')]
  ])('%s', (_, edited) => {
    expect(edited).toBe(document)
  })
})

describe('placing', () => {
  test('a new step gets an id and a name that are free, as few numbers as can be', () => {
    expect(newStep(document.flow, definitionOf('send-email'))).toEqual({
      id: 'send-email-2',
      type: 'send-email',
      name: 'Send Email 2',
      settings: {},
      inputs: {}
    })
    expect(newStep(document.flow, definitionOf('go-async'))).toMatchObject({ id: 'go-async-1', name: 'Go Async 1' })
    expect(newStep(document.flow, definitionOf('end'))).toMatchObject({ id: 'end-1', name: 'End Step 2' })
    expect(uniqueName(document.flow, 'Start', true)).toBe('Start 2')
    expect(uniqueName(document.flow, 'Log', true)).toBe('Log')
    expect(uniqueStepId(document.flow, 'email-address-list')).toBe('email-address-list-2')
  })

  test('a step and its position come and go together', () => {
    const step = newStep(document.flow, definitionOf('log'))
    const added = addStep(document, step, { x: 5, y: 6 })
    expect(added.flow.steps.at(-1)).toBe(step)
    expect(added.layout['log-1']).toEqual({ x: 5, y: 6 })
    expect(removeSteps(added, ['log-1'])).toEqual(document)
  })

  test('removing a step takes its connections, and leaves mappings for the checker', () => {
    const { flow, layout } = removeSteps(document, ['email-address-list-1'])
    expect(flow.connections).toEqual([{ from: 'send-email-1', outcome: 'Done', to: 'end' }])
    expect(stepOf(flow, 'send-email-1')).toBe(stepOf(document.flow, 'send-email-1'))
    expect(Object.keys(layout)).toEqual(['start', 'send-email-1', 'end'])
  })

  test('moving changes the layout only', () => {
    const moved = moveSteps(document, { start: { x: 8, y: 0 }, end: { x: 700, y: 0 } })
    expect(moved.flow).toBe(document.flow)
    expect(moved.layout).toEqual({ ...document.layout, start: { x: 8, y: 0 } })
  })
})

describe('copies', () => {
  test('take along the connections and mappings among them, but never Start', () => {
    const wanted = ['start', 'email-address-list-1', 'send-email-1']
    const { document: edited, copies } = duplicateSteps(document, wanted, builtInSteps, 32)
    expect(copies).toEqual(['email-address-list-2', 'send-email-2'])
    expect(edited.flow.steps.slice(4).map(({ name }) => name)).toEqual(['Email Address List 1', 'Send Email 2'])
    expect(edited.flow.connections.slice(3)).toEqual([
      { from: 'email-address-list-2', outcome: 'Done', to: 'send-email-2' }
    ])
    expect(stepOf(edited.flow, 'send-email-2')?.inputs).toEqual({
      ...stepOf(document.flow, 'send-email-1')?.inputs,
      To: { kind: 'select', path: 'steps.email-address-list-2.Addresses' }
    })
    expect(edited.layout['send-email-2']).toEqual({ x: 432, y: 32 })
  })

  test('of a step alone go on taking from where the step took', () => {
    const { document: edited } = duplicateSteps(document, ['send-email-1'], builtInSteps, 32)
    expect(stepOf(edited.flow, 'send-email-2')?.inputs).toBe(stepOf(document.flow, 'send-email-1')?.inputs)
  })

  test('of nothing change nothing', () => {
    expect(duplicateSteps(document, ['start'], builtInSteps, 32)).toEqual({
      document,
      copies: []
    })
  })
})

describe('connecting', () => {
  test('leads an outcome elsewhere, in its old place', () => {
    const edited = connect(document, { from: 'email-address-list-1', outcome: 'Done', to: 'end' })
    expect(edited.flow.connections[1]).toEqual({ from: 'email-address-list-1', outcome: 'Done', to: 'end' })
    expect(edited.flow.connections).toHaveLength(3)
    expect(connect(edited, { from: 'email-address-list-1', outcome: 'Done', to: 'send-email-1' })).toEqual(document)
  })

  test('keeps one of two that left by the same outcome', () => {
    const twice = { from: 'start', outcome: 'Done', to: 'end' }
    const flow = { ...document.flow, connections: [...document.flow.connections, twice] }
    const edited = connect({ ...document, flow }, document.flow.connections[0]!)
    expect(edited).toEqual(document)
  })

  test('can be undone', () => {
    const added = connect(document, { from: 'email-address-list-1', outcome: 'Empty', to: 'end' })
    expect(disconnect(added, 'email-address-list-1', 'Empty')).toEqual(document)
  })

  test('is refused into Start, out of End Step, and with steps that are not there', () => {
    const why = (from: string, to: string) => whyNotConnect(document.flow, builtInSteps, from, to)
    expect(why('start', 'end')).toBeUndefined()
    expect(why('send-email-1', 'send-email-1')).toBeUndefined()
    expect(why('send-email-1', 'start')).toContain('nothing leads back to the start')
    expect(why('end', 'send-email-1')).toContain('a flow ends at its End Step')
    expect(why('ghost', 'end')).toContain('not in this flow')
    expect(why('start', 'ghost')).toContain('not in this flow')
  })
})

describe('properties', () => {
  test('settings and mappings are set, and taken out by undefined', () => {
    const set = setSetting(document, 'send-email-1', 'Rate limit', 4)
    expect(stepOf(set.flow, 'send-email-1')?.settings).toEqual({ 'Rate limit': 4 })
    expect(setSetting(set, 'send-email-1', 'Rate limit', undefined)).toEqual(document)
    const mapped = setMapping(document, 'send-email-1', 'CC', { kind: 'null' })
    expect(stepOf(mapped.flow, 'send-email-1')?.inputs['CC']).toEqual({ kind: 'null' })
    expect(setMapping(mapped, 'send-email-1', 'CC', undefined)).toEqual(document)
  })

  test('notes, disabling and descriptions leave no trace when taken back', () => {
    const noted = setNote(setDisabled(setDescription(document, 'For spring'), 'end', true), 'end', 'Careful')
    expect(stepOf(noted.flow, 'end')).toMatchObject({ note: 'Careful', disabled: true })
    expect(setNote(setDisabled(setDescription(noted, ''), 'end', false), 'end', '')).toStrictEqual(document)
  })

  test('a renamed flow input is followed by all that read it', () => {
    const edited = renameFlowInput(document, builtInSteps, 'Season', 'Time of.year')
    expect(edited.flow.inputs).toEqual([{ name: 'Time of.year', type: 'Text' }])
    expect(stepOf(edited.flow, 'send-email-1')?.inputs['Subject']).toMatchObject({
      template: '{{{{ {{flow.Time of\\.year}} of {{recipient.Name}}'
    })
    expect(renameFlowInput(edited, builtInSteps, 'Time of.year', 'Season')).toEqual(document)
  })

  test('a renamed or removed flow output is followed by the End Steps', () => {
    const edited = renameFlowOutput(document, builtInSteps, 'Count', 'Sum')
    expect(Object.keys(stepOf(edited.flow, 'end')?.inputs ?? {})).toEqual(['Sum'])
    expect(renameFlowOutput(edited, builtInSteps, 'Sum', 'Count')).toEqual(document)
    const removed = removeFlowOutput(document, builtInSteps, 'Count')
    expect([removed.flow.outputs, stepOf(removed.flow, 'end')?.inputs]).toEqual([[], {}])
  })
})

describe('what every step may have', () => {
  const id = 'send-email-1'

  test('is set, and leaves no trace when taken back', () => {
    const retry = { attempts: 3, wait: 1, factor: 2 }
    const set = setNoData(setTimeLimit(setRetry(document, id, retry), id, 30), id, true)
    expect(stepOf(set.flow, id)).toMatchObject({ retry, timeout: 30, noData: true })
    expect(setRetry(set, id, { ...retry })).toBe(set)
    expect(setNoData(setTimeLimit(setRetry(set, id, undefined), id, undefined), id, false)).toStrictEqual(document)
  })
})

describe('renaming is followed', () => {
  const variable = { name: 'Sum', type: 'Number' } as const
  const withVariable: FlowDocument = addVariable(
    addStep(
      document,
      {
        id: 'set',
        type: 'set-value',
        name: 'Set',
        settings: { Variable: 'Sum' },
        inputs: {
          Value: {
            kind: 'list',
            items: [
              { kind: 'expression', source: 'flow.Sum + length(steps.email-address-list-1.Addresses)' },
              { kind: 'record', fields: { a: { kind: 'select', path: 'flow.Sum' } } }
            ]
          }
        },
        outputs: { Out: { kind: 'append', variable: 'Sum' } }
      },
      { x: 0, y: 0 }
    ),
    variable
  )

  test('for a variable, through mappings of every kind, settings and output mappings', () => {
    const renamed = renameVariable(withVariable, builtInSteps, 'Sum', 'Grand total')
    expect(renamed.flow.variables).toEqual([{ name: 'Grand total', type: 'Number' }])
    expect(stepOf(renamed.flow, 'set')).toMatchObject({
      settings: { Variable: 'Grand total' },
      inputs: {
        Value: {
          items: [
            { source: 'flow["Grand total"] + length(steps.email-address-list-1.Addresses)' },
            { fields: { a: { path: 'flow.Grand total' } } }
          ]
        }
      },
      outputs: { Out: { variable: 'Grand total' } }
    })
    expect(renameVariable(renamed, builtInSteps, 'Grand total', 'Sum')).toEqual(withVariable)
  })

  test('for a variable alone: its type, what it begins with, and its end', () => {
    const changed = setVariableInitial(setVariableType(withVariable, 'Sum', 'Text'), 'Sum', 'none')
    expect(changed.flow.variables).toEqual([{ name: 'Sum', type: 'Text', initial: 'none' }])
    expect(setVariableInitial(setVariableType(changed, 'Sum', 'Number'), 'Sum', undefined)).toEqual(withVariable)
    const { variables, steps } = removeVariable(withVariable, 'Sum').flow
    expect(variables).toBeUndefined()
    expect(steps).toBe(withVariable.flow.steps)
    expect(addVariable(withVariable, variable)).toBe(withVariable)
  })

  test('for an output that gets another name, and back', () => {
    const list = 'email-address-list-1'
    const renamed = setOutputMapping(withVariable, builtInSteps, list, 'Addresses', { kind: 'rename', name: 'People' })
    expect(stepOf(renamed.flow, 'send-email-1')?.inputs['To']).toEqual({ kind: 'select', path: `steps.${list}.People` })
    expect(stepOf(renamed.flow, 'set')?.inputs['Value']).toMatchObject({
      items: [{ source: 'flow.Sum + length(steps.email-address-list-1.People)' }, {}]
    })
    expect(setOutputMapping(renamed, builtInSteps, list, 'Addresses', undefined)).toEqual(withVariable)
  })

  test('for an output that goes elsewhere: what read it stays, for the checker', () => {
    const moved = setOutputMapping(document, builtInSteps, 'email-address-list-1', 'Count', { kind: 'nothing' })
    expect(stepOf(moved.flow, 'end')).toBe(stepOf(document.flow, 'end'))
  })

  test('for a path in a setting, too', () => {
    const loop = { id: 'each', type: 'for-each', name: 'Each', settings: { Collect: 'steps.read.Text' }, inputs: {} }
    const read = { id: 'read', type: 'read-text-file', name: 'Read', settings: {}, inputs: {} }
    const looping = addStep(addStep(document, loop, { x: 0, y: 0 }), read, { x: 0, y: 0 })
    const renamed = setOutputMapping(looping, builtInSteps, 'read', 'Text', { kind: 'rename', name: 'Letter' })
    expect(stepOf(renamed.flow, 'each')?.settings).toEqual({ Collect: 'steps.read.Letter' })
  })
})

describe('names of outcomes in a setting', () => {
  const definition = builtInSteps.find(({ type }) => type === 'switch')!
  const switching = { id: 'switch', type: 'switch', name: 'Switch', settings: {}, inputs: {} }
  const connected = connect(addStep(document, switching, { x: 0, y: 0 }), { from: 'switch', outcome: 'A', to: 'end' })
  /** What leaves the step after its cases A and B have become these. */
  const outcome = (...cases: string[]) =>
    setOutcomeNames(connected, definition, 'switch', 'Cases', cases).flow.connections.at(-1)?.outcome

  test('take the connection along when one of them is renamed', () => {
    expect(outcome('Spring', 'B')).toBe('Spring')
    const renamed = setOutcomeNames(connected, definition, 'switch', 'Cases', ['Spring', 'B'])
    expect(stepOf(renamed.flow, 'switch')?.settings).toEqual({ Cases: ['Spring', 'B'] })
    expect(setOutcomeNames(renamed, definition, 'switch', 'Cases', ['A', 'B'])).toEqual(connected)
  })

  test('leave it behind when they vanish, or trade places', () => {
    expect(outcome('B')).toBe('A')
    expect(outcome('', 'B')).toBe('A')
    expect(outcome('B', 'B')).toBe('A')
    expect(outcome('B', 'A')).toBe('A')
    expect(outcome('A', 'B', 'C')).toBe('A')
  })
})

describe('moving', () => {
  test('a step behind another one keeps the way whole', () => {
    const moved = moveBehind(document, 'email-address-list-1', 'Done', { from: 'send-email-1', outcome: 'Done' })
    expect(moved.flow.connections).toEqual([
      { from: 'start', outcome: 'Done', to: 'send-email-1' },
      { from: 'send-email-1', outcome: 'Done', to: 'email-address-list-1' },
      { from: 'email-address-list-1', outcome: 'Done', to: 'end' }
    ])
  })

  test('a step before another one changes their order only', () => {
    const moved = moveBefore(document, 'end', 'send-email-1')
    expect(moved.flow.steps.map(({ id }) => id)).toEqual(['start', 'email-address-list-1', 'end', 'send-email-1'])
    expect(moveBefore(document, 'start', 'end')).toBe(document)
  })

  test('copies of steps that name steps name the copies', () => {
    const jump = { id: 'jump', type: 'go-to', name: 'Jump', settings: { Step: 'send-email-1' }, inputs: {} }
    const jumping = addStep(document, jump, { x: 0, y: 0 })
    const { document: copied } = duplicateSteps(jumping, ['jump', 'send-email-1'], builtInSteps, 0)
    expect(stepOf(copied.flow, 'go-to-1')?.settings).toEqual({ Step: 'send-email-2' })
  })
})
