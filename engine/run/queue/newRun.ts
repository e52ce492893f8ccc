import type { DoubtHandling, Durability, StepDefinition } from '../../model/index.ts'
import type { Host } from '../host.ts'
import type { RunFlows } from '../journal/event.ts'
import type { Recorder } from '../journal/recorder.ts'
import { Once } from '../state/once.ts'
import type { Limits, RunContext, Turn } from '../state/runContext.ts'
import { Threads } from '../state/threads.ts'
import { drain } from './drain.ts'

/** What a run is made of. */
export interface RunParts extends Host {
  readonly run: string
  readonly flows: RunFlows
  readonly definitions: readonly StepDefinition[]
  readonly limits?: Partial<Limits>
  readonly durability?: Durability
  /** What is done about effects that were cut off, where nothing else says it. */
  readonly inDoubt?: DoubtHandling
}

const usualLimits: Limits = { callDepth: 100, loopGuard: 20_000 }

/** A run of which nothing has happened yet. */
export function newRun(parts: RunParts, recorder: Recorder): RunContext {
  const { services, limits } = parts
  return {
    id: parts.run,
    flows: parts.flows,
    definitions: byType(parts.definitions),
    services,
    clock: services.clock,
    journal: parts.journal,
    recorder,
    schedule: parts.schedule,
    limits: limits ? withUsual(limits) : usualLimits,
    strict: parts.durability === 'strict',
    inDoubt: parts.inDoubt ?? 'skip',
    reply: new Once(),
    settled: new Once(),
    threads: new Threads(),
    ready: undefined,
    drain,
    draining: false,
    turn: noTurn,
    halted: false,
    threadsStarted: 0,
    framesEntered: 0,
    backgrounds: 0,
    cancelled: false,
    mainEnd: undefined,
    mainError: undefined,
    backgroundError: undefined,
    results: undefined,
    signals: undefined,
    effects: undefined,
    suspended: undefined,
    innerWaits: 0,
    outside: none,
    paused: none,
    replay: undefined,
    debugger: undefined
  }
}

function withUsual({ callDepth, loopGuard }: Partial<Limits>): Limits {
  return { callDepth: callDepth ?? usualLimits.callDepth, loopGuard: loopGuard ?? usualLimits.loopGuard }
}

/** Until the first one begins. */
const noTurn: Turn = { steps: 0, checkAt: 0, since: undefined }

const none: readonly never[] = []

const definitionsByType = new WeakMap<readonly StepDefinition[], ReadonlyMap<string, StepDefinition>>()

/** Made once for each list of definitions, so that runs can share what was compiled with it. */
function byType(definitions: readonly StepDefinition[]): ReadonlyMap<string, StepDefinition> {
  const known = definitionsByType.get(definitions)
  if (known) return known
  const map = new Map(definitions.map((definition) => [definition.type, definition]))
  definitionsByType.set(definitions, map)
  return map
}
