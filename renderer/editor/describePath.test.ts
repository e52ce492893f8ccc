import { expect, it } from 'vitest'
import type { Flow } from '../../engine/index.ts'
import { describePath } from './describePath.ts'

const flow: Flow = {
  id: 'f',
  name: 'F',
  inputs: [{ name: 'Subject', type: 'Text' }],
  outputs: [],
  variables: [{ name: 'Total', type: 'Number' }],
  steps: [{ id: 'list-1', type: 'email-address-list', name: 'Readers', settings: {}, inputs: {} }],
  connections: []
}

it.each([
  ['steps.list-1.Count', { owner: 'Readers', name: 'Count', missing: false }],
  ['steps.list-1.Document.name', { owner: 'Readers', name: 'Document › name', missing: false }],
  ['steps.gone.Count', { owner: 'gone', name: 'Count', missing: true }],
  ['flow.Subject', { owner: 'Flow', name: 'Subject', missing: false }],
  ['flow.Total', { owner: 'Flow', name: 'Total', missing: false }],
  ['flow.Gone', { owner: 'Flow', name: 'Gone', missing: true }],
  ['recipient.address', { owner: '', name: 'Address', missing: false }],
  ['recipient', { owner: '', name: 'recipient', missing: false }]
])('%s in words', (path, words) => {
  expect(describePath(path, flow)).toEqual(words)
})
