import { runMessages } from '../messages/run.ts'
import { type Durability, type Recording, type StepDefinition, StepFailure, type ValueRecord } from '../model/index.ts'
import type { CompiledFlow } from './compile/compiledFlow.ts'
import { compiledFlow } from './compile/compileFlow.ts'
import { flowInputs } from './flowInputs.ts'
import type { Host } from './host.ts'
import type { RunEvent, RunFlows } from './journal/event.ts'
import { isoTime } from './journal/isoTime.ts'
import { Recorder } from './journal/recorder.ts'
import { pushCall, startable } from './moves/frames.ts'
import { startThread } from './moves/threads.ts'
import { newRun } from './queue/newRun.ts'
import { CarriedRun, type RunHandle } from './queue/runHandle.ts'
import type { Limits, RunContext } from './state/runContext.ts'
import { enqueue } from './state/waiting.ts'

/** All that a run needs: what it stands on, and what is to be run. It reaches nothing else. */
export interface RunOptions extends Host {
  /** Names the run for good. */
  readonly run: string
  /** Key into `flows` of the flow to call: its path relative to the Designer Folder. */
  readonly flow: string
  /** The flow and all flows it may call, as they are now. */
  readonly flows: RunFlows
  readonly inputs: ValueRecord
  readonly definitions: readonly StepDefinition[]
  readonly limits?: Partial<Limits>
  /** Full unless given. */
  readonly recording?: Recording
  /** Standard unless given; what the journal makes of it is its own business. */
  readonly durability?: Durability
  /** Sees every event right after the journal took it. */
  readonly onEvent?: (event: RunEvent) => void
}

/**
 * Starts a flow. The first steps have run when this returns. Throws StepFailure, before anything ran, when the flow is
 * not there, has no Start step, or `inputs` are not what it declares.
 */
export function startFlow(options: RunOptions): RunHandle {
  const { flow, flows, services, journal, recording = 'full', onEvent } = options
  const run = newRun(options, new Recorder({ clock: services.clock, journal, recording, watch: onEvent }))
  const called = compiledFlow(flow, flows, run.definitions)
  if (!called) throw new StepFailure('flow-missing', runMessages.noFlow(flow))
  const inputs = flowInputs(called.flow, flow, options.inputs)
  if (!inputs.ok) throw new StepFailure('flow-inputs', inputs.problems.map(({ message }) => message).join('\n'))

  beginRun(run, flow, called, inputs.values)
  run.drain(run)
  return new CarriedRun(run)
}

/**
 * Puts the main thread of a run into its queue, at the Start step of the `called` flow at `path`. Throws StepFailure, before
 * anything is recorded, when there is none.
 */
export function beginRun(run: RunContext, path: string, called: CompiledFlow | undefined, inputs: ValueRecord): void {
  const { id, flows, recorder, clock } = run
  const flow = startable(called, path, path)
  const startedAt = isoTime(clock.now())
  const { nextSeq: seq, lastAt: at } = recorder
  if (recorder.full)
    recorder.recordNext({ seq, at, event: 'RunStarted', run: id, flow: path, flows, inputs, startedAt })
  else {
    const recording = 'summary'
    recorder.recordNext({ seq, at, event: 'RunStarted', run: id, flow: path, flows, inputs, startedAt, recording })
  }
  const main = startThread(run, 'main', [])
  pushCall(run, main, flow, inputs)
  enqueue(run, main)
}
