import { type Flow, type Run, type RunEvent, type RunFact, type ValueRecord, foldRun } from '../../engine/index.ts'

/** What an example run looks like; times in milliseconds. */
export interface ExampleRun {
  readonly mails?: number
  /** How many have been tried. When all have, the run is settled. */
  readonly tried?: number
  /** Counted from 0. */
  readonly refused?: readonly number[]
  readonly replyAt?: number
  /** When mail `index` was tried. */
  readonly mailAt?: (index: number) => number
  readonly startedAt?: string
}

/** Send EmailList Flow, finished as the walk-through finishes it. For tests. */
export const exampleFlow: Flow = {
  id: 'send-emaillist',
  name: 'Send EmailList Flow',
  inputs: [],
  outputs: [
    { name: 'Addresses', type: 'List of Email' },
    { name: 'Sent Count', type: 'Number' }
  ],
  steps: [
    { id: 'start', type: 'start', name: 'Start', settings: {}, inputs: {} },
    {
      id: 'list',
      type: 'email-address-list',
      name: 'Email Address List',
      settings: { Source: 'Document', Column: 'Email' },
      inputs: { Document: { kind: 'constant', value: 'Subscribers.csv' } }
    },
    { id: 'go', type: 'go-async', name: 'Go Async 1', settings: {}, inputs: {} },
    {
      id: 'send',
      type: 'send-email',
      name: 'Send Email 1',
      settings: { 'Rate limit': 4 },
      inputs: { To: { kind: 'select', path: 'steps.list.Addresses' } }
    },
    {
      id: 'end',
      type: 'end',
      name: 'End Step',
      settings: {},
      inputs: {
        Addresses: { kind: 'select', path: 'steps.list.Addresses' },
        'Sent Count': { kind: 'select', path: 'steps.send.Sent' }
      }
    }
  ],
  connections: [
    { from: 'start', outcome: 'Done', to: 'list' },
    { from: 'list', outcome: 'Done', to: 'go' },
    { from: 'go', outcome: 'Done', to: 'send' },
    { from: 'send', outcome: 'Done', to: 'end' }
  ]
}

/** The journal of one run of the example flow: the reply after 12 ms, then the mails, four a second. For tests. */
export function exampleEvents(example: ExampleRun = {}): RunEvent[] {
  const { mails = 1200, tried = mails, refused = [], replyAt = 12, startedAt = '2026-03-02T10:43:00.000Z' } = example
  const mailAt = example.mailAt ?? ((index: number) => replyAt + 4 + index * 250)
  const events: RunEvent[] = []
  const tell = (at: number, fact: RunFact) => events.push({ ...fact, at, seq: events.length + 1 })
  const path = 'Send EmailList Flow.flow.json'
  const addresses = Array.from({ length: mails }, (_, index) => ({ address: `reader${index + 1}@example.com` }))
  const main = { thread: 0, frame: 0 }
  const behind = { thread: 1, frame: 0 }
  const unit = replyAt / 12

  tell(0, { event: 'RunStarted', run: 'run-39', flow: path, flows: { [path]: exampleFlow }, inputs: {}, startedAt })
  tell(0, { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' })
  tell(0, { event: 'FrameEntered', ...main, flow: exampleFlow.id, path, inputs: {} })
  tell(0, { event: 'StepStarted', ...main, step: 'start', inputs: {} })
  tell(0.4 * unit, { event: 'StepCompleted', ...main, step: 'start', outcome: 'Done', outputs: {} })
  tell(0.5 * unit, { event: 'StepStarted', ...main, step: 'list', inputs: { Document: 'Subscribers.csv' } })
  const listed: ValueRecord = { Addresses: addresses, Count: mails, Document: null, Invalid: [] }
  tell(9.7 * unit, { event: 'StepCompleted', ...main, step: 'list', outcome: 'Done', outputs: listed })
  tell(9.8 * unit, { event: 'StepStarted', ...main, step: 'go', inputs: {} })
  tell(11.9 * unit, { event: 'StepCompleted', ...main, step: 'go', outcome: 'Done', outputs: {} })
  const birth = { thread: 1, name: 'Background 1', kind: 'background', parent: 0, step: 'go', frames: [0] } as const
  tell(11.9 * unit, { event: 'ThreadStarted', ...birth })
  const reply = { outcome: 'End Step', outputs: { Addresses: addresses, 'Sent Count': null } }
  tell(replyAt, { event: 'Replied', thread: 0, step: 'end', ...reply })
  tell(replyAt, { event: 'ThreadEnded', thread: 0, end: 'completed', ...reply })

  const inputs = { To: addresses, Subject: 'Welcome', Body: 'Thank you for joining.' }
  tell(replyAt + 0.4 * unit, { event: 'StepStarted', ...behind, step: 'send', inputs })
  const failed: { address: string; reason: string }[] = []
  for (const [index, { address }] of addresses.slice(0, tried).entries()) {
    const isRefused = refused.includes(index)
    if (isRefused) failed.push({ address, reason: '550 no such user' })
    tell(mailAt(index), {
      event: 'StepProgressed',
      ...behind,
      step: 'send',
      done: index + 1,
      total: mails,
      item: {
        index,
        label: address,
        ...(isRefused ? { state: 'failed', detail: '550 no such user' } : { state: 'done' })
      }
    })
  }
  if (tried < mails) return events

  const at = mailAt(mails)
  const sent = { Sent: mails - failed.length, Total: mails }
  if (failed.length > 0) {
    tell(at, {
      event: 'StepCompleted',
      ...behind,
      step: 'send',
      outcome: 'Some Failed',
      outputs: { ...sent, Failed: failed }
    })
    tell(at, { event: 'ThreadEnded', thread: 1, end: 'completed' })
  } else {
    const outputs = { Addresses: addresses, 'Sent Count': sent.Sent }
    tell(at, { event: 'StepCompleted', ...behind, step: 'send', outcome: 'Done', outputs: sent })
    tell(at, { event: 'StepStarted', ...behind, step: 'end', inputs: outputs })
    tell(at, { event: 'StepCompleted', ...behind, step: 'end', outcome: 'End Step', outputs })
    tell(at, { event: 'ThreadEnded', thread: 1, end: 'completed', outcome: 'End Step', outputs })
  }
  tell(at, { event: 'RunSettled', state: 'completed' })
  return events
}

/** The run that `exampleEvents` tell. For tests. */
export const exampleRun = (example?: ExampleRun): Run => foldRun(exampleEvents(example))
