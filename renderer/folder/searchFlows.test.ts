import { expect, test } from 'vitest'
import type { FlowEntry } from '../../electron/ipc/contract.ts'
import { searchFlows } from './searchFlows.ts'

const entry = (name: string, stepName: string, text: string): FlowEntry => ({
  path: `${name}.flow.json`,
  name,
  editedAt: 0,
  hasDraft: false,
  document: {
    flow: {
      id: name,
      name,
      description: 'Sent every Friday',
      inputs: [],
      outputs: [],
      steps: [
        {
          id: 'a',
          type: 'send-email',
          name: stepName,
          settings: { Account: 'Outbox' },
          inputs: { Body: { kind: 'merge', template: text, format: 'text' } }
        }
      ],
      connections: []
    },
    layout: {}
  }
})

const flows = [entry('Weekly Digest', 'Send Letter', 'Dear reader'), entry('Bounce Clean-up', 'Check Mailbox', 'Gone')]
const broken: FlowEntry = { path: 'x', name: 'Digest Draft', problem: 'Not JSON.', editedAt: 0, hasDraft: false }
const found = (query: string) => searchFlows([...flows, broken], query).map(({ flow, where }) => [flow.name, where])

test('finds flows by name, also those that cannot be read', () => {
  expect(found('digest')).toEqual([
    ['Weekly Digest', undefined],
    ['Digest Draft', undefined]
  ])
})

test('finds flows by a step, by the texts inside a step and by their description, and says where', () => {
  expect(found('letter send')).toEqual([['Weekly Digest', 'step “Send Letter”']])
  expect(found('dear')).toEqual([['Weekly Digest', 'in “Send Letter”']])
  expect(found('friday')).toEqual([
    ['Weekly Digest', 'in its description'],
    ['Bounce Clean-up', 'in its description']
  ])
})

test('an empty search finds all, a word that is nowhere finds none', () => {
  expect(found('  ')).toHaveLength(3)
  expect(found('zebra')).toEqual([])
})
