import { systemClock } from '../host/index.ts'
import {
  type Flow,
  type Journal,
  type Recording,
  type RunHandle,
  type RunReply,
  type Services,
  type Settled,
  startFlow,
  type ValueRecord
} from '../index.ts'
import { benchDefinitions } from './definitions.ts'

/** A flow, made once, whose runs are timed. */
export interface BenchFlow {
  readonly flows: { readonly flow: Flow }
  readonly inputs: ValueRecord
  readonly recording: Recording
}

const none = (): never => {
  throw new Error('No step of the benchmark needs this service.')
}

/** The clock of this computer, and nothing else: the steps of the benchmark touch nothing. */
const services: Services = {
  clock: systemClock,
  random: () => Math.random(),
  documents: { readText: none, add: none, copy: none },
  mail: { send: none },
  script: { run: none }
}

/** So that loops end by their control step. */
const limits = { loopGuard: 1e9 }

let runs = 0

/** Starts a run the way everybody does. */
export function startRun({ flows, inputs, recording }: BenchFlow, journal: Journal): RunHandle {
  return startFlow({
    run: `bench-${++runs}`,
    flow: 'flow',
    flows,
    inputs,
    definitions: benchDefinitions,
    services,
    journal,
    limits,
    recording
  })
}

/** The one number that the flow gives as its only output. Throws when the run did not reply with one. */
export function numberIn(reply: RunReply): number {
  if (reply.kind === 'failed') throw new Error(`The run failed: ${reply.error.message}`)
  const value = reply.kind === 'replied' ? Object.values(reply.outputs)[0] : undefined
  if (typeof value !== 'number') throw new Error(`The run gave no number: ${JSON.stringify(reply)}`)
  return value
}

/** Throws when a run did not end well. */
export function expectCompleted({ state, error }: Settled): void {
  if (state !== 'completed') throw new Error(`The run ended as ${state}: ${error?.message ?? 'no reason given'}`)
}
