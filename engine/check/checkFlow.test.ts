import { describe, expect, test } from 'vitest'
import { filledFlow } from '../testing/filledFlow.ts'
import { builtInSteps } from '../steps/index.ts'
import {
  addStep,
  changeStep,
  connect,
  disconnect,
  newStep,
  removeSteps,
  renameStep,
  setDisabled,
  setFlowInputs,
  setFlowOutputs,
  setMapping,
  setSetting
} from '../edit/index.ts'
import { type FlowDocument, type Step, stepOf } from '../model/index.ts'
import { chain, check, codes, constant, mend, merge, only, sample, select, withReceipt } from '../testing/trialCheck.ts'

const seed = sample('Send EmailList Flow')
const finished = sample('Send EmailList Flow, finished')

describe('the samples', () => {
  test('as found, the seed lacks connections only', () => {
    expect(check(seed).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'error: No way leads from “Start” to an End Step or a Go Async, so the flow could never reply. Connect the steps between them.',
      'warning: “Done” of “Email Address List” is not connected: the flow would fail there, without a reply.',
      'warning: “Empty” of “Email Address List” is not connected: the flow would fail there, without a reply.',
      'warning: Nothing leads to “Send Email 1”, so it would never run. Connect it, or remove it.'
    ])
  })

  test('with Go Async dragged in and connected, the seed runs, and two open outcomes are told of', () => {
    let document = addStep(
      seed,
      newStep(
        seed.flow,
        builtInSteps.find(({ type }) => type === 'go-async')!
      ),
      { x: 0, y: 0 }
    )
    document = connect(document, { from: 'email-address-list-1', outcome: 'Done', to: 'go-async-1' })
    document = connect(document, { from: 'go-async-1', outcome: 'Done', to: 'send-email-1' })
    expect(check(document).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: “Empty” of “Email Address List” is not connected: the flow would fail there, without a reply.',
      'warning: “Some Failed” of “Send Email 1” is not connected: its thread would end there.'
    ])
  })

  test.each(['Order Checks', 'Send EmailList Flow, finished', 'Non-critical error', 'Send Receipt'])(
    '%s has no problems',
    (name) => {
      expect(check(sample(name), withReceipt)).toEqual([])
    }
  )
})

describe('Start and End Step', () => {
  test('an empty flow has neither', () => {
    const empty = { flow: { ...finished.flow, steps: [], connections: [] }, layout: {} }
    expect(codes(setFlowOutputs(empty, []))).toEqual(['no-start', 'no-end'])
  })

  test('there is one Start', () => {
    const two = addStep(
      chain('log'),
      { ...stepOf(seed.flow, 'start')!, id: 'start-2', name: 'Start 2' },
      { x: 0, y: 0 }
    )
    const problem = only('several-starts', two)
    expect(problem).toMatchObject({ severity: 'error', step: 'start-2' })
    expect(codes(mend(problem, 'Remove “Start 2”', two))).not.toContain('several-starts')
  })

  test('an End Step can be reached', () => {
    expect(only('end-not-reached', disconnect(chain(), 'start-1', 'Done')).step).toBe('start-1')
  })
})

describe('steps', () => {
  test('of an unknown kind are errors, and whatever is said about them is believed', () => {
    const document = changeStep(finished, 'email-address-list-1', (step) => ({ ...step, type: 'telepathy' }))
    expect(check(document)).toMatchObject([{ code: 'step-type-unknown', step: 'email-address-list-1' }])
  })

  test('with the same id are told apart by a new one', () => {
    const twin = { ...stepOf(finished.flow, 'send-email-1')!, name: 'Twin' }
    const document = { ...finished, flow: { ...finished.flow, steps: [...finished.flow.steps, twin] } }
    const mended = mend(only('step-id-twice', document), 'Give it a new id', document)
    expect(mended.flow.steps.map(({ id, name }) => [id, name]).slice(-3)).toEqual([
      ['end-1', 'End Step'],
      ['end-2', 'No Subscribers'],
      ['send-email-2', 'Twin']
    ])
    expect(codes(mended)).not.toContain('step-id-twice')
  })

  test('with the same name get a warning and a free name', () => {
    const document = renameStep(finished, 'go-async-1', 'Send Email 1')
    const problem = only('step-name-twice', document)
    expect(problem.message).toContain('(the 3rd and the 4th of the flow)')
    expect(codes(mend(problem, 'Rename it to “Send Email”', document))).toEqual([])
  })

  test('that nothing leads to are told of once, not with all that stands behind them', () => {
    expect(only('step-unreachable', disconnect(finished, 'email-address-list-1', 'Done')).step).toBe('go-async-1')
  })

  test('in a circle that nothing leads into are told of once', () => {
    let document = disconnect(chain('log', 'log', 'log'), 'start-1', 'Done')
    document = connect(document, { from: 'log-3', outcome: 'Done', to: 'log-1' })
    document = connect(document, { from: 'start-1', outcome: 'Done', to: 'end-1' })
    expect(only('step-unreachable', document).step).toBe('log-1')
  })

  test('that are disabled are passed over by their first outcome and set nothing', () => {
    const document = setDisabled(finished, 'email-address-list-1', true)
    expect(check(document).map(({ code, severity, step }) => [code, severity, step])).toEqual([
      ['data-disabled', 'error', 'send-email-1'],
      ['data-disabled', 'warning', 'end-1'],
      ['step-unreachable', 'warning', 'end-2']
    ])
  })

  test('without an outcome to go on by cannot be disabled', () => {
    const document = setDisabled(finished, 'end-2', true)
    const problem = only('disabled-no-way', document)
    expect(codes(mend(problem, 'Enable the step', document))).toEqual([])
    expect(codes(setDisabled(sample('Non-critical error'), 'run-flow-1', true), withReceipt)).toEqual([])
  })
})

describe('connections', () => {
  const broken = (from: string, outcome: string, to: string): FlowDocument => ({
    ...finished,
    flow: { ...finished.flow, connections: [...finished.flow.connections, { from, outcome, to }] }
  })

  test.each([
    ['connection-from-unknown', broken('ghost', 'Done', 'end-1')],
    ['connection-to-unknown', broken('send-email-1', 'On Exception', 'ghost')],
    ['connection-into-start', broken('send-email-1', 'On Exception', 'start')],
    ['connection-from-end', broken('end-1', 'Done', 'send-email-1')],
    ['outcome-unknown', broken('send-email-1', 'Nonsense', 'end-1')]
  ])('%s: the one mend is to remove it', (code, document) => {
    const problem = only(code, document)
    expect(problem.severity).toBe('error')
    expect(problem.fixes).toHaveLength(1)
    expect(mend(problem, 'Remove the connection', document)).toEqual(finished)
  })

  test('by an outcome that is nearly right are mended by the right one', () => {
    const document = broken('send-email-1', 'on exeption', 'end-1')
    const mended = mend(only('outcome-unknown', document), 'Connect “On Exception” instead', document)
    expect(mended.flow.connections.at(-1)).toEqual({ from: 'send-email-1', outcome: 'On Exception', to: 'end-1' })
  })

  test('of one outcome twice: one of the two is kept', () => {
    const document = broken('send-email-1', 'Done', 'end-2')
    const problem = only('outcome-connected-twice', document)
    expect(mend(problem, 'Keep the one to “End Step”', document)).toEqual(finished)
    const other = mend(problem, 'Keep the one to “No Subscribers”', document)
    expect(other.flow.connections.filter(({ outcome }) => outcome === 'Done').map(({ to }) => to)).toContain('end-2')
    expect(codes(other)).not.toContain('outcome-connected-twice')
  })

  test('that are missing: On Exception may be left open, others are offered the End Steps', () => {
    const document = disconnect(finished, 'send-email-1', 'Some Failed')
    const problem = only('outcome-open', document)
    expect(problem).toMatchObject({ severity: 'warning', step: 'send-email-1', field: 'Some Failed' })
    expect(codes(mend(problem, 'Connect it to “End Step”', document))).toEqual([])
  })
})

describe('the flow itself', () => {
  test('has no two inputs or outputs of one name, and no names that mean something to JavaScript', () => {
    const document = setFlowInputs(chain(), [
      { name: 'A', type: 'Text' },
      { name: 'A', type: 'Number', initial: 'x' },
      { name: '__proto__', type: 'Text' }
    ])
    expect(
      codes(
        setFlowOutputs(document, [
          { name: 'B', type: 'Text' },
          { name: 'B', type: 'Text' }
        ])
      )
    ).toEqual(['flow-input-twice', 'flow-output-twice', 'name-forbidden', 'initial-type'])
  })
})

describe('the list of problems', () => {
  test('has errors first, then the order of the steps', () => {
    let document = disconnect(finished, 'send-email-1', 'Some Failed')
    document = disconnect(document, 'email-address-list-1', 'Empty')
    document = setMapping(document, 'send-email-1', 'To', undefined)
    document = setSetting(document, 'go-async-1', 'Caller outcome', undefined)
    expect(check(document).map(({ severity, step, code }) => [severity, step, code])).toEqual([
      ['error', 'go-async-1', 'caller-outcome-open'],
      ['error', 'send-email-1', 'input-unset'],
      ['warning', 'email-address-list-1', 'outcome-open'],
      ['warning', 'send-email-1', 'outcome-open'],
      ['warning', 'end-2', 'step-unreachable']
    ])
  })

  test('comes for any ruin of a flow, without throwing', () => {
    for (const { id } of finished.flow.steps) expect(() => check(removeSteps(finished, [id]))).not.toThrow()
    for (const step of finished.flow.steps)
      for (const other of finished.flow.steps)
        expect(() => check(changeStep(finished, step.id, (old) => ({ ...old, type: other.type })))).not.toThrow()
    for (const name of ['constructor', '__proto__', 'toString']) {
      const flow = {
        ...finished.flow,
        inputs: [{ name, type: 'Text' } as const],
        outputs: [{ name, type: 'Text' } as const]
      }
      expect(codes({ ...finished, flow })).toContain('name-forbidden')
    }
  })

  test('has nothing to say about 1,000 sound steps with loops, paths and expressions', () => {
    const steps = Object.fromEntries(range(100).flatMap((k) => Object.entries(section(k))))
    const document = filledFlow(
      `Start -> Email Address List 0\n${range(100).map(ways).join('\n')}\nCatch Exception -> End Step`,
      {
        inputs: [{ name: 'Season', type: 'Text' }],
        variables: [{ name: 'Sum', type: 'Number', initial: 0 }],
        steps
      }
    )
    expect(document.flow.steps).toHaveLength(1003)
    expect(codes(document)).toEqual([])
  })
})

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Ten steps: a list, values made of it, a loop with a branch in it, two paths that meet. */
function ways(k: number): string {
  const next = k === 99 ? 'End Step' : `Email Address List ${k + 1}`
  return `Email Address List ${k} -> Create Data ${k} -[Done]-> For Each ${k} -[Each]-> If ${k} -> Log ${k} -> For Each ${k}
    If ${k} -[False]-> Set Value ${k}
    For Each ${k} -[Done]-> Parallel ${k} -[Path 1]-> Read Text File ${k} -> Join ${k} -> ${next}
    Parallel ${k} -[Path 2]-> Wait for Signal ${k} -[Received]-> Join ${k}
    Email Address List ${k} -[Empty]-> End Step`
}

function section(k: number): Record<string, Partial<Step>> {
  const list = `steps["Email Address List ${k}"]`
  const data = `steps["Create Data ${k}"]`
  return {
    [`Email Address List ${k}`]: { settings: { Source: 'Typed in' }, inputs: { List: constant('a@example.com') } },
    [`Create Data ${k}`]: {
      settings: { Values: [{ name: 'Total', type: 'Number' }] },
      inputs: { Total: { kind: 'expression', source: `${list}.Count * 2 + flow.Sum` } }
    },
    [`For Each ${k}`]: {
      settings: { 'Item name': 'person' },
      inputs: { Items: select(`steps.Email Address List ${k}.Addresses`) }
    },
    [`If ${k}`]: {
      inputs: {
        Condition: { kind: 'expression', source: `contains(person.address, "example") and ${data}.Total > index` }
      }
    },
    [`Log ${k}`]: {
      inputs: { Message: merge(`{{person.address}}, {{steps.Create Data ${k}.Total}} {{flow.Season}}`) }
    },
    [`Set Value ${k}`]: {
      settings: { Variable: 'Sum' },
      inputs: { Value: { kind: 'expression', source: 'flow.Sum + 1' } }
    }
  }
}
