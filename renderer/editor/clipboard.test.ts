import { describe, expect, it } from 'vitest'
import { type FlowDocument, type Step, builtInSteps } from '../../engine/index.ts'
import { copySteps, pasteSteps } from './clipboard.ts'

const step = (id: string, type: string, name: string, rest: Partial<Step> = {}): Step => ({
  id,
  type,
  name,
  settings: {},
  inputs: {},
  ...rest
})

const flow: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Letters',
    inputs: [],
    outputs: [],
    steps: [
      step('start-1', 'start', 'Start'),
      step('email-address-list-1', 'email-address-list', 'Readers'),
      step('go-async-1', 'go-async', 'Go Async 1', { settings: { 'Caller outcome': 'end-1' } }),
      step('send-email-1', 'send-email', 'Send Email 1', {
        inputs: {
          To: { kind: 'select', path: 'steps.email-address-list-1.Addresses' },
          Subject: { kind: 'merge', template: 'To {{steps.email-address-list-1.Count}}', format: 'text' }
        }
      }),
      step('end-1', 'end', 'End Step')
    ],
    connections: [
      { from: 'start-1', outcome: 'Done', to: 'email-address-list-1' },
      { from: 'email-address-list-1', outcome: 'Done', to: 'go-async-1' },
      { from: 'go-async-1', outcome: 'Done', to: 'send-email-1' },
      { from: 'send-email-1', outcome: 'Done', to: 'end-1' }
    ]
  },
  layout: { 'email-address-list-1': { x: 100, y: 40 }, 'send-email-1': { x: 400, y: 40 } }
}

const empty: FlowDocument = {
  flow: { id: 'g', name: 'Other', inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
}

const copied = (...ids: string[]) => copySteps(flow, ids) ?? ''
const pastedStep = (document: FlowDocument, id: string | undefined) => document.flow.steps.find((one) => one.id === id)

describe('copying', () => {
  it('gives nothing when nothing is selected', () => {
    expect(copySteps(flow, [])).toBeUndefined()
    expect(copySteps(flow, ['gone'])).toBeUndefined()
  })
})

describe('pasting', () => {
  it('brings steps, connections and positions into another flow', () => {
    const pasted = pasteSteps(empty, copied('go-async-1', 'send-email-1'), builtInSteps)
    expect(pasted?.document.flow.steps.map(({ name }) => name)).toEqual(['Go Async 1', 'Send Email 1'])
    expect(pasted?.document.flow.connections).toEqual([{ from: 'go-async-1', outcome: 'Done', to: 'send-email-1' }])
    expect(pasted?.document.layout['send-email-1']).toEqual({ x: 400, y: 40 })
  })

  it('gives new ids and names, and stands beside the originals', () => {
    const pasted = pasteSteps(flow, copied('send-email-1'), builtInSteps)
    expect(pasted?.copies).toEqual(['send-email-2'])
    expect(pastedStep(pasted?.document ?? empty, 'send-email-2')?.name).toBe('Send Email 2')
    expect(pasted?.document.layout['send-email-2']).toEqual({ x: 432, y: 72 })
    const again = pasteSteps(pasted?.document ?? empty, copied('send-email-1'), builtInSteps)
    expect(again?.document.layout['send-email-3']).toEqual({ x: 464, y: 104 })
  })

  it('lets copies take from copies, and from the original what was not copied', () => {
    const both = pasteSteps(flow, copied('email-address-list-1', 'send-email-1'), builtInSteps)
    const mail = pastedStep(both?.document ?? empty, 'send-email-2')
    expect(mail?.inputs['To']).toEqual({ kind: 'select', path: 'steps.email-address-list-2.Addresses' })
    expect(mail?.inputs['Subject']).toMatchObject({ template: 'To {{steps.email-address-list-2.Count}}' })
    const one = pasteSteps(flow, copied('send-email-1'), builtInSteps)
    expect(pastedStep(one?.document ?? empty, 'send-email-2')?.inputs['To']).toEqual({
      kind: 'select',
      path: 'steps.email-address-list-1.Addresses'
    })
  })

  it('turns a Caller outcome to the copied End Step', () => {
    const pasted = pasteSteps(flow, copied('go-async-1', 'end-1'), builtInSteps)
    expect(pastedStep(pasted?.document ?? empty, 'go-async-2')?.settings['Caller outcome']).toBe('end-2')
  })

  it('never brings a second Start', () => {
    expect(pasteSteps(flow, copied('start-1'), builtInSteps)).toBeUndefined()
    expect(pasteSteps(flow, copied('start-1', 'end-1'), builtInSteps)?.copies).toEqual(['end-2'])
  })

  it('takes nothing from other texts', () => {
    expect(pasteSteps(flow, 'Dear reader', builtInSteps)).toBeUndefined()
    expect(pasteSteps(flow, '{"steps": []}', builtInSteps)).toBeUndefined()
  })
})
