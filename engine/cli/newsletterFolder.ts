import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { step } from '../testing/step.ts'
import { type FlowDocument, type RunEvent, type Step, writeFlow } from '../index.ts'

/** Start, a list of addresses, Go Async, Send Email, End Step: as in the example, with a list of its own. */
export function newsletter(document: string, settings: Step['settings'] = {}): FlowDocument {
  return {
    flow: {
      id: 'newsletter',
      name: 'Newsletter',
      inputs: [{ name: 'Topic', type: 'Text', initial: 'News' }],
      outputs: [{ name: 'Topic', type: 'Text' }],
      steps: [
        step('start', 'start', 'Start'),
        step('list', 'email-address-list', 'Email Address List', {
          settings: { Source: 'Document' },
          inputs: { Document: { kind: 'constant', value: document } }
        }),
        step('async', 'go-async', 'Go Async 1', { settings: { 'Caller outcome': 'end' } }),
        step('send', 'send-email', 'Send Email 1', {
          settings,
          inputs: {
            To: { kind: 'select', path: 'steps.list.Addresses' },
            From: { kind: 'constant', value: 'news@example.com' },
            Subject: { kind: 'merge', format: 'text', template: '{{flow.Topic}} for {{recipient.address}}' },
            Body: { kind: 'constant', value: 'Hello' }
          }
        }),
        step('end', 'end', 'End Step', { inputs: { Topic: { kind: 'select', path: 'flow.Topic' } } }),
        step('empty', 'end', 'No Subscribers')
      ],
      connections: [
        { from: 'start', outcome: 'Done', to: 'list' },
        { from: 'list', outcome: 'Done', to: 'async' },
        { from: 'list', outcome: 'Empty', to: 'empty' },
        { from: 'async', outcome: 'Done', to: 'send' },
        { from: 'send', outcome: 'Done', to: 'end' },
        { from: 'send', outcome: 'Some Failed', to: 'end' }
      ]
    },
    layout: {}
  }
}

/** Addresses, all different. */
export const people = (count: number): string[] => Array.from({ length: count }, (_, i) => `person${i}@example.com`)

/** A Designer Folder with the flow and a list of `addresses`. */
export async function folderWith(addresses: readonly string[], settings: Step['settings'] = {}): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(path.join(folder, 'Newsletter.flow.json'), writeFlow(newsletter('list.csv', settings)))
  await writeFile(path.join(folder, 'list.csv'), `Email\n${addresses.join('\n')}\n`)
  return folder
}

/** The events that a command printed with --json. */
export const eventsOf = (lines: readonly string[]): RunEvent[] => lines.map((line) => JSON.parse(line) as RunEvent)
