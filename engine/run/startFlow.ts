import { runMessages } from '../messages/run.ts'
import {
  type Durability,
  type Recording,
  type StepDefinition,
  StepFailure,
  type Value,
  type ValueRecord
} from '../model/index.ts'
import type { RunEvent, RunFlows } from './journal/event.ts'
import { flowInputs } from './flowInputs.ts'
import type { Host } from './host.ts'
import { Interpreter } from './interpreter/interpreter.ts'
import { livePace } from './schedule/pace.ts'
import { Recorder } from './journal/recorder.ts'
import type { Replay } from './replay/replay.ts'
import type { RunReply, Settled } from './interpreter/threads.ts'
import type { Limits } from './interpreter/world.ts'

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

/** A run that has been started. */
export interface RunHandle {
  readonly id: string
  /** When the caller gets control back. Not the same as settled. Never rejects. */
  readonly reply: Promise<RunReply>
  /** When nothing of the run is running any more and its journal is closed. Never rejects. */
  readonly settled: Promise<Settled>
  /** Stops one thread, or the whole run with all its background threads. */
  cancel(thread?: number): void
  /** Gives a signal: to the step that waits for it, or to the next one that does. Nothing happens once settled. */
  signal(name: string, value: Value): void
  /**
   * Stops carrying the run, so that another process can go on from its journal: effects under way end, nothing more begins.
   * Resolves once the journal is closed; \`settled\` then says \`suspended\`. Nothing happens once settled.
   */
  suspend(): Promise<void>
}

const usualLimits: Limits = { callDepth: 100, loopGuard: 20_000 }

/**
 * Starts a flow. The first steps have run when this returns. Throws StepFailure, before anything ran, when the flow is
 * not there, has no Start step, or `inputs` are not what it declares.
 */
export function startFlow(options: RunOptions): RunHandle {
  const { flow, flows } = options
  const called = Object.hasOwn(flows, flow) ? flows[flow] : undefined
  if (!called) throw new StepFailure('flow-missing', runMessages.noFlow(flow))
  const inputs = flowInputs(called, flow, options.inputs)
  if (!inputs.ok) throw new StepFailure('flow-inputs', inputs.problems.map(({ message }) => message).join('\n'))

  const recorder = recorderOf(options)
  const { interpreter, handle } = carry(options, recorder)
  interpreter.start(flow, inputs.values)
  return handle
}

/** What records a run; `onto`: the last event of the journal that it adds to. */
export function recorderOf(
  {
    services,
    journal,
    recording = 'full',
    onEvent
  }: Pick<RunOptions, 'services' | 'journal' | 'recording' | 'onEvent'>,
  onto?: RunEvent
): Recorder {
  return new Recorder({ clock: services.clock, journal, recording, watch: onEvent, ...(onto && { onto }) })
}

const definitionsByType = new WeakMap<readonly StepDefinition[], ReadonlyMap<string, StepDefinition>>()

/** Made once for each list of definitions, so that runs can share what was compiled with it. */
function byType(definitions: readonly StepDefinition[]): ReadonlyMap<string, StepDefinition> {
  const known = definitionsByType.get(definitions)
  if (known) return known
  const map = new Map(definitions.map((definition) => [definition.type, definition]))
  definitionsByType.set(definitions, map)
  return map
}

/** Makes what carries a run, and its handle. With `replay`, the run's journal is followed first. */
export function carry(
  options: RunOptions,
  recorder: Recorder,
  replay?: Replay
): { readonly interpreter: Interpreter; readonly handle: RunHandle } {
  const { run, flows, services, journal, pace = livePace } = options
  let onReply = (_: RunReply): void => undefined
  let onSettled = (_: Settled): void => undefined
  const reply = new Promise<RunReply>((resolve) => (onReply = resolve))
  const settled = new Promise<Settled>((resolve) => (onSettled = resolve))
  const interpreter = new Interpreter({
    run,
    flows,
    definitions: byType(options.definitions),
    services,
    journal,
    recorder,
    pace,
    strict: options.durability === 'strict',
    replay,
    limits: { ...usualLimits, ...options.limits },
    onReply: (given) => {
      onReply(given)
    },
    onSettled: (how) => {
      onSettled(how)
    }
  })
  const handle: RunHandle = {
    id: run,
    reply,
    settled,
    cancel: (thread) => {
      interpreter.cancel(thread)
    },
    signal: (name, value) => {
      interpreter.signal(name, value)
    },
    suspend: () => interpreter.suspend()
  }
  return { interpreter, handle }
}
