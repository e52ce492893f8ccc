import { type Flow, type Run, type RunEvent, type RunFact, type Step, foldRun } from '../../engine/index.ts'

/** The flow of `exampleLoop`. For tests. */
export const loopPath = 'Orders.flow.json'

const step = (id: string, type: string, name: string): Step => ({ id, type, name, settings: {}, inputs: {} })

const flow: Flow = {
  id: 'orders',
  name: 'Orders',
  inputs: [],
  outputs: [],
  variables: [{ name: 'Seen', type: 'Number', initial: 0 }],
  steps: [
    step('each', 'for-each', 'Each Order'),
    { ...step('ask', 'run-flow', 'Ask'), retry: { attempts: 3, wait: 2, factor: 1 } },
    step('both', 'parallel', 'Both'),
    step('signal', 'wait-for-signal', 'Wait for Ada'),
    step('join', 'join', 'Join')
  ],
  connections: [
    { from: 'each', outcome: 'Each', to: 'ask' },
    { from: 'each', outcome: 'Done', to: 'both' },
    { from: 'both', outcome: 'Path 1', to: 'signal' }
  ]
}

/** A loop over three orders, the second of which is asked for again at 60 ms, in 2 s. For tests. */
export function exampleLoop(...more: readonly (RunFact & { readonly at: number })[]): Run {
  const main = { thread: 0, frame: 0 }
  const facts: (RunFact & { readonly at: number })[] = [
    { event: 'RunStarted', run: 'r', flow: loopPath, flows: { [loopPath]: flow }, inputs: {}, startedAt: start, at: 0 },
    { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main', at: 0 },
    { event: 'FrameEntered', ...main, flow: flow.id, path: loopPath, inputs: {}, at: 0 },
    { event: 'StepStarted', ...main, step: 'each', inputs: { Items: ['a', 'b', 'c'] }, at: 1 },
    { ...body(1, 'a', 0), at: 2 },
    { event: 'StepStarted', thread: 0, frame: 1, step: 'ask', inputs: {}, at: 3 },
    { event: 'StepCompleted', thread: 0, frame: 1, step: 'ask', outcome: 'Done', outputs: {}, at: 40 },
    { event: 'VariableSet', thread: 0, frame: 1, step: 'ask', variable: 'Seen', value: 1, at: 40 },
    { event: 'FrameLeft', thread: 0, frame: 1, at: 41 },
    { ...body(2, 'b', 1), at: 42 },
    { event: 'StepStarted', thread: 0, frame: 2, step: 'ask', inputs: {}, at: 43 },
    { event: 'StepRetried', thread: 0, frame: 2, step: 'ask', error: busy, attempt: 2, wait: 2000, at: 60 },
    ...more
  ]
  return foldRun(facts.map((fact, index): RunEvent => ({ ...fact, seq: index + 1 })))
}

/** What happens when the loop is over and a path of the Parallel waits for a signal. For tests. */
export const thenWaits: readonly (RunFact & { readonly at: number })[] = [
  { event: 'StepCompleted', thread: 0, frame: 2, step: 'ask', outcome: 'Done', outputs: {}, at: 2100 },
  { event: 'FrameLeft', thread: 0, frame: 2, at: 2100 },
  { event: 'StepCompleted', thread: 0, frame: 0, step: 'each', outcome: 'Done', outputs: {}, at: 2100 },
  { event: 'StepStarted', thread: 0, frame: 0, step: 'both', inputs: {}, at: 2101 },
  { event: 'ThreadStarted', thread: 1, name: 'Path 1', kind: 'branch', parent: 0, step: 'both', at: 2101 },
  { event: 'FrameEntered', thread: 1, frame: 3, parent: 0, step: 'both', flow: 'orders', inputs: {}, at: 2101 },
  { event: 'StepStarted', thread: 1, frame: 3, step: 'signal', inputs: { Signal: 'ada' }, at: 2102 }
]

const start = '2026-03-02T10:43:00.000Z'
const busy = { code: 'busy', message: 'The shop does not answer.' }

function body(frame: number, order: string, index: number): RunFact {
  const inputs = { order, index }
  return { event: 'FrameEntered', thread: 0, frame, parent: 0, step: 'each', flow: 'orders', inputs }
}
