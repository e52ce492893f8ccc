import {
  Cancelled,
  type Clock,
  type Services,
  type StepContext,
  type StepDefinition,
  StepFailure,
  type Value,
  type ValueRecord,
  defineStep,
  enter,
  exit,
  fork
} from '../model/index.ts'
import { builtInSteps } from '../steps/index.ts'
import type { RunEvent, RunFlows } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'
import { memoryJournal, type MemoryJournal } from '../run/journal/journal.ts'
import type { Run } from '../run/journal/run.ts'
import type { RunHandle } from '../run/queue/runHandle.ts'
import { type RunOptions, startFlow } from '../run/startFlow.ts'

/** A run for tests, with steps that wait until the test lets them go on. */
export interface TestRun extends RunHandle {
  readonly journal: MemoryJournal
  /** Lets a waiting Work step end, and gives everything that follows from it its turn. */
  finish(step: string, outcome?: 'Done' | Error): Promise<void>
  /** The run as its journal tells it. */
  run(): Run
  /** The events in short: 'Replied End Step', 'StepStarted Work on Main'. */
  story(): string[]
  /** The steps that were begun, in order. */
  begun(): string[]
}

interface Waiting {
  readonly step: string
  finish(outcome: 'Done' | Error): void
}

/** Gives everything that is due its turn. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** A clock that stands still but for sleeps, which are over at once. */
export const testClock: Clock = {
  now: () => Date.UTC(2026, 10, 24),
  elapsed: () => 0,
  sleep: (milliseconds, signal) =>
    milliseconds === 0
      ? Promise.resolve()
      : new Promise((_, reject) => {
          signal.onCancel(() => {
            reject(new Cancelled())
          })
        })
}

/** Steps that tests need beside the built-in ones. `work`: what a Work step does until it ends; what it gives is Out. */
export function testSteps(work: (context: StepContext) => Promise<Value>): StepDefinition[] {
  return [
    ...builtInSteps,
    defineStep({
      type: 'work',
      title: 'Work',
      summary: 'Waits until the test says how it ends.',
      category: 'Code',
      icon: 'hammer',
      effect: 'observes',
      canFail: true,
      inputs: { In: { type: 'Any', summary: 'Anything.' } },
      settings: {},
      outcomes: { Done: { outputs: { Out: { type: 'Any', summary: 'What went in.' } } } },
      run: async (context) => exit('Done', { Out: await work(context) })
    }),
    defineStep({
      type: 'pass',
      title: 'Pass',
      summary: 'Ends at once.',
      category: 'Code',
      icon: 'check',
      inputs: { In: { type: 'Any', summary: 'Anything.' } },
      settings: {},
      outcomes: { Done: { outputs: { Out: { type: 'Any', summary: 'What went in.' } } } },
      run: ({ inputs }) => exit('Done', { Out: inputs.In })
    }),
    defineStep({
      type: 'thrice',
      title: 'Thrice',
      summary: 'Runs the steps behind Each three times.',
      category: 'Code',
      icon: 'repeat',
      inputs: {},
      settings: {},
      outcomes: { Done: { outputs: {} }, Each: { outputs: {} } },
      run: ({ state }) => {
        const count = typeof state === 'number' ? state : 0
        return count === 3 ? exit('Done', {}) : enter({ outcome: 'Each', locals: { index: count } }, count + 1)
      }
    }),
    defineStep({
      type: 'both',
      title: 'Both',
      summary: 'Runs A and B at the same time.',
      category: 'Code',
      icon: 'route',
      canFail: true,
      inputs: {},
      settings: {},
      outcomes: { Done: { outputs: {} }, A: { outputs: {} }, B: { outputs: {} } },
      run: ({ results }) =>
        results
          ? exit('Done', {})
          : fork(
              ['A', 'B'].map((outcome) => ({ outcome, locals: {} })),
              null
            )
    })
  ]
}

/** The definitions of the built-in steps and of Work, Pass, Thrice and Both. */
export const testDefinitions = testSteps(() => Promise.resolve(null))

/** Work that waits until the test lets it end. */
function waitIn(waiting: Waiting[]): (context: StepContext) => Promise<Value> {
  return ({ step, inputs, signal }) =>
    new Promise((resolve, reject) => {
      signal.onCancel(() => {
        reject(new Cancelled())
      })
      const finish = (outcome: 'Done' | Error): void => {
        if (outcome === 'Done') resolve(inputs.In ?? null)
        else reject(outcome)
      }
      waiting.push({ step: step.name, finish })
    })
}

/** Runs `flows` in memory; the first one is called. */
export function runInMemory(
  flows: RunFlows,
  options: { inputs?: ValueRecord } & Partial<Pick<RunOptions, 'limits' | 'journal' | 'definitions'>> = {}
): TestRun {
  const waiting: Waiting[] = []
  const events: RunEvent[] = []
  const journal = memoryJournal()
  const none = (): never => {
    throw new StepFailure('no-service', 'This test gives no such service')
  }
  const services: Services = {
    clock: testClock,
    random: () => 0.5,
    documents: { readText: none, add: none, copy: none },
    mail: { send: none },
    script: { run: none }
  }
  const handle = startFlow({
    run: 'test',
    flow: Object.keys(flows)[0] ?? '',
    flows,
    inputs: {},
    definitions: testSteps(waitIn(waiting)),
    services,
    journal,
    onEvent: (event) => events.push(event),
    ...options
  })
  const threadName = (id: number): string => {
    const started = events.find((event) => event.event === 'ThreadStarted' && event.thread === id)
    return started?.event === 'ThreadStarted' ? started.name : String(id)
  }
  return {
    id: handle.id,
    reply: handle.reply,
    settled: handle.settled,
    cancel: (thread) => {
      handle.cancel(thread)
    },
    signal: (name, value) => {
      handle.signal(name, value)
    },
    suspend: () => handle.suspend(),
    attach: (attached) => handle.attach(attached),
    journal,
    run: () => foldRun(events),
    story: () => events.map((event) => tell(event, threadName)),
    begun: () => events.flatMap((event) => (event.event === 'StepStarted' ? [event.step] : [])),
    async finish(step, outcome = 'Done') {
      await turn()
      const index = waiting.findIndex((one) => one.step === step)
      const [found] = index < 0 ? [] : waiting.splice(index, 1)
      if (!found) throw new Error(`“${step}” is not waiting; waiting: ${waiting.map((one) => one.step).join(', ')}`)
      found.finish(outcome)
      await turn()
    }
  }
}

function tell(event: RunEvent, threadName: (id: number) => string): string {
  switch (event.event) {
    case 'RunStarted':
    case 'RunResumed':
    case 'RunRetried':
    case 'CancelRequested':
      return event.event
    case 'SignalReceived':
      return `SignalReceived ${event.signal}`
    case 'RunSettled':
      return `RunSettled ${event.state}`
    case 'ThreadStarted':
      return `ThreadStarted ${event.name}`
    case 'ThreadYielded':
    case 'ThreadWentOn':
      return `${event.event} ${threadName(event.thread)}`
    case 'ThreadEnded':
      return `ThreadEnded ${threadName(event.thread)} ${event.end}${event.outcome ? ` at ${event.outcome}` : ''}`
    case 'Replied':
      return `Replied ${event.outcome}`
    case 'FrameReplied':
      return `FrameReplied ${event.outcome}`
    case 'FrameEntered':
    case 'FrameLeft':
      return `${event.event} ${String(event.frame)} on ${threadName(event.thread)}`
    default:
      return `${event.event} ${event.step} on ${threadName(event.thread)}`
  }
}
