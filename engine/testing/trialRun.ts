import vm from 'node:vm'
import {
  type Documents,
  type DoubtHandling,
  type MailService,
  type ScriptService,
  type Services,
  type StepContext,
  type StepDefinition,
  StepFailure,
  type Value,
  type ValueRecord
} from '../model/index.ts'
import type { RunEvent, RunFlows } from '../run/journal/event.ts'
import { type Journal, memoryJournal } from '../run/journal/journal.ts'
import type { RunHandle } from '../run/queue/runHandle.ts'
import { resumeFlow } from '../run/replay/resumeFlow.ts'
import { retryEvent } from '../run/replay/retryEvent.ts'
import { type RunOptions, startFlow } from '../run/startFlow.ts'
import type { RunReply, Settled } from '../run/state/outcome.ts'
import { testSteps } from './runInMemory.ts'
import { type VirtualClock, virtualClock } from './virtualClock.ts'

/** A run on a virtual clock, by one process or by one after another. */
export interface TrialOptions extends Partial<Pick<RunOptions, 'recording' | 'durability' | 'limits'>> {
  readonly inputs?: ValueRecord
  /** What Work steps do; they wait a second unless given. */
  readonly work?: (context: StepContext) => Promise<Value>
  readonly definitions?: readonly StepDefinition[]
  readonly services?: Partial<Services>
  /** The clock of the services; a new one unless given. */
  readonly clock?: VirtualClock
  readonly journal?: Journal
  /** After how many milliseconds the process ends; it lives until nothing is due any more unless given. */
  readonly for?: number
  /** What happens from outside, and after how many milliseconds. */
  readonly meanwhile?: readonly { readonly at: number; readonly act: (run: RunHandle) => void }[]
  /** What the processes before have written; the run is resumed from there. */
  readonly before?: readonly RunEvent[]
  /** The run has failed and is retried. */
  readonly retry?: boolean
  /** How many milliseconds after its beginning the run is gone on with; when its last event was unless given. */
  readonly later?: number
  /** What the resume does about effects that are in doubt; done again unless given. */
  readonly inDoubt?: DoubtHandling
  /** Whether the resume is only to settle the run as cancelled. */
  readonly cancel?: boolean
  readonly onEvent?: (event: RunEvent, run: RunHandle | undefined) => void
}

/** What a process has made of a run. */
export interface Trial {
  /** All events, those of earlier processes first. */
  readonly events: readonly RunEvent[]
  readonly handle: RunHandle
  readonly clock: VirtualClock
  /** Undefined where there is none yet. */
  readonly reply: RunReply | undefined
  readonly settled: Settled | undefined
}

/** When a trial begins, in milliseconds since 1970. */
const beginning = Date.UTC(2026, 10, 24)

const none = (): never => {
  throw new StepFailure('no-service', 'This trial gives no such service')
}
const noDocuments: Documents = { readText: none, add: none, copy: none }

/** Accepts every mail at once. */
const anyMail: MailService = { send: async ({ messageId }) => ({ messageId, refused: [] }) }

/** Scripts without the sandbox. */
export const plainScripts: ScriptService = {
  async run(source, data) {
    const body = /\breturn\b/.test(source) ? `(() => {${source}\n})()` : source
    return JSON.parse(JSON.stringify(vm.runInNewContext(body, { ...data }) ?? null)) as Value
  }
}

/** Runs `flows`, the first of which is called, until nothing is due any more or the process ends. */
export async function tryRun(flows: RunFlows, options: TrialOptions = {}): Promise<Trial> {
  const { before = [], meanwhile = [], inputs = {} } = options
  const passed = before.at(-1)?.at ?? 0
  const clock = options.clock ?? virtualClock(beginning + (options.later ?? passed))
  const events: RunEvent[] = [...before]
  const carried: { run?: RunHandle } = {}
  const shared = {
    definitions: options.definitions ?? testSteps(options.work ?? waitASecond),
    services: {
      clock,
      random: () => 0.5,
      documents: noDocuments,
      mail: anyMail,
      script: plainScripts,
      ...options.services
    },
    journal: options.journal ?? memoryJournal(),
    ...(options.durability && { durability: options.durability }),
    ...(options.limits && { limits: options.limits }),
    onEvent: (event: RunEvent) => {
      events.push(event)
      options.onEvent?.(event, carried.run)
    }
  }
  const run =
    before.length > 0
      ? await resumeFlow({
          ...shared,
          events: before,
          inDoubt: options.inDoubt ?? 'retry',
          cancel: options.cancel === true,
          ...(options.retry && { retried: retryEvent(before, clock.now()) })
        })
      : startFlow({
          ...shared,
          run: 'trial',
          flow: Object.keys(flows)[0] ?? '',
          flows,
          inputs,
          ...(options.recording && { recording: options.recording })
        })
  carried.run = run
  let reply: RunReply | undefined
  let settled: Settled | undefined
  void run.reply.then((given) => (reply = given))
  void run.settled.then((given) => (settled = given))
  for (const { at, act } of meanwhile)
    clock.after(at, () => {
      act(run)
    })
  await clock.run(options.for)
  return { events, handle: run, clock, reply, settled }
}

async function waitASecond({ inputs, services, signal, startedAt }: StepContext): Promise<Value> {
  await services.clock.sleep(startedAt + 1000 - services.clock.now(), signal)
  return inputs['In'] ?? null
}

/** The rejections that nobody handled while `what` went on, as texts. */
export async function unhandledIn(what: () => Promise<unknown>): Promise<readonly string[]> {
  const found: string[] = []
  const note = (problem: unknown): void => void found.push(String(problem))
  process.on('unhandledRejection', note)
  try {
    await what()
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('unhandledRejection', note)
  }
  return found
}

/** The events in short: `StepCompleted While Done`. */
export function storyOf(events: readonly RunEvent[]): readonly string[] {
  return events.map((event) => {
    const { event: name, step, outcome, end, error } = event as RunEvent & Partial<Record<string, unknown>>
    const code = (error as { code?: string } | undefined)?.code
    return [name, step, outcome, end, code].filter((word) => word !== undefined && word !== '').join(' ')
  })
}
