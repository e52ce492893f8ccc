import {
  type CancelSignal,
  type Documents,
  type DoubtHandling,
  type StepContext,
  type StepDefinition,
  defineStep,
  exit
} from '../../model/index.ts'
import type { RunEvent, RunFlows } from '../../run/journal/event.ts'
import { foldRun } from '../../run/journal/foldRun.ts'
import type { Journal } from '../../run/journal/journal.ts'
import { resumeFlow } from '../../run/replay/resumeFlow.ts'
import type { Run } from '../../run/journal/run.ts'
import type { RunHandle } from '../../run/queue/runHandle.ts'
import { startFlow } from '../../run/startFlow.ts'
import type { RunReply, Settled } from '../../run/state/outcome.ts'
import { testSteps } from '../runInMemory.ts'
import type { TestHost, TestProcess } from './testHost.ts'
import { virtualClock, type VirtualClock } from '../virtualClock.ts'

/** Something that a step did outside of the run: it cannot be taken back by killing the process. */
export interface Deed {
  readonly step: string
  readonly key: string
  /** The item, of Deliver. */
  readonly item?: number
  /** Whether the step knew that it was doing it after a restart. */
  readonly resumed: boolean
}

/** How many items Deliver has. */
const items = 3

/**
 * Steps beside those of testSteps: Put does what may be repeated, Deliver does something to three items that must not be
 * done twice. `act` is what they do, and what Work does.
 */
function contractSteps(act: (context: StepContext, item?: number) => Promise<void>): StepDefinition[] {
  const about = { summary: 'A step of the contract.', category: 'Code', icon: 'file-check', canFail: true } as const
  const nothing = { inputs: {}, settings: {}, outcomes: { Done: { outputs: {} } } }
  return [
    ...testSteps(async (context) => {
      await act(context)
      return context.inputs['In'] ?? null
    }),
    defineStep({
      ...about,
      ...nothing,
      type: 'put',
      title: 'Put',
      effect: 'idempotent',
      run: async (context) => {
        await act(context)
        return exit('Done', {})
      }
    }),
    defineStep({
      ...about,
      ...nothing,
      type: 'deliver',
      title: 'Deliver',
      effect: 'unsafe',
      async run(context) {
        const { resumed } = context
        for (let index = 0; index < items; index++) {
          if (resumed?.items.has(index)) continue
          const label = `item ${index}`
          const left = resumed?.inDoubt.get(index) === 'skip'
          if (!left) {
            await context.begin({ index, label })
            await act(context, index)
          }
          context.progress({ done: index + 1, total: items, item: { index, label, state: left ? 'failed' : 'done' } })
        }
        return exit('Done', {})
      }
    })
  ]
}

/** The steps of the contract, for drawing flows. */
export const contractDefinitions = contractSteps(() => Promise.resolve())

/** A run on a host, in the hands of a test: it lets steps end, time pass, and the process be killed and begun again. */
export class ContractRun {
  readonly #host: TestHost
  readonly #flows: RunFlows
  clock: VirtualClock = virtualClock()
  #process: TestProcess | undefined
  #handle: RunHandle | undefined
  #life = 0
  #waiting: { readonly step: string; readonly item: number | undefined; end(): void }[] = []
  /** What was done outside, by all processes. */
  readonly deeds: Deed[] = []
  /** The events as the process saw them: those it found, and those it added. */
  events: RunEvent[] = []
  reply: RunReply | undefined
  settled: Settled | undefined
  /** How often the journal has asked to wait, and what was added while it did. */
  pressed = 0
  addedUnderPressure = 0

  /** `flows`: the first one is called. */
  constructor(host: TestHost, flows: RunFlows) {
    this.#host = host
    this.#flows = flows
  }

  /** Begins the run. `onReply` is called at the very moment of its reply. */
  async start(onReply: () => void = () => undefined): Promise<void> {
    const options = await this.#begin()
    const flow = Object.keys(this.#flows)[0] ?? ''
    this.#follow(startFlow({ run: 'r', flow, flows: this.#flows, inputs: {}, ...options }), onReply)
  }

  /** Ends the process at this very moment. */
  async kill(): Promise<void> {
    const { process } = this
    this.#end()
    await process.kill()
  }

  /** Lets go of the run in good order, for another process to go on with. */
  async suspend(): Promise<void> {
    const suspended = this.handle.suspend()
    await this.until('it is suspended', () => this.settled !== undefined)
    await suspended
    const { process } = this
    this.#end()
    await process.kill()
  }

  /** Another process goes on with the run, after `downtime` milliseconds in which there was none. */
  async resume(inDoubt: DoubtHandling = 'retry', downtime = 0): Promise<void> {
    this.clock = virtualClock(this.clock.now() + downtime)
    const options = await this.#begin()
    this.#follow(await resumeFlow({ events: this.process.past, inDoubt, ...options }))
  }

  /** What the journal has so far is safe. */
  async safe(): Promise<void> {
    await this.process.journal.durable?.()
  }

  /** Lets a step end that is waiting, once it is; `documents.add`: the service, with a document that is there already. */
  async finish(step: string, item?: number): Promise<void> {
    const isIt = (one: { readonly step: string; readonly item: number | undefined }): boolean =>
      one.step === step && one.item === item
    await this.until(`“${step}” waits`, () => this.#waiting.some(isIt))
    const [found] = this.#waiting.splice(this.#waiting.findIndex(isIt), 1)
    found?.end()
  }

  /** Lets everything happen that is due, until `so`. Disks take their own time. */
  async until(what: string, so: () => boolean): Promise<void> {
    const patience = Date.now() + 10_000
    while (!so()) {
      await this.clock.run(0)
      if (so()) return
      if (Date.now() > patience)
        throw new Error(`It never came to be that ${what}. The last events:\n${this.#lastEvents()}`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  /** Resolves once the run is settled, with how. */
  async end(): Promise<Settled> {
    await this.until('the run is settled', () => this.settled !== undefined)
    return this.settled ?? { state: 'suspended' }
  }

  /** The names of the steps that are waiting to be let go, in order. */
  get waiting(): string[] {
    return this.#waiting.map(({ step }) => step).sort()
  }

  get run(): Run {
    return foldRun(this.events)
  }

  get handle(): RunHandle {
    if (!this.#handle) throw new Error('Nobody carries the run')
    return this.#handle
  }

  get process(): TestProcess {
    if (!this.#process) throw new Error('Nobody carries the run')
    return this.#process
  }

  async #begin() {
    const process = await this.#host.begin(this.clock)
    const life = ++this.#life
    const alive = (): boolean => this.#life === life
    this.#process = process
    this.events = [...process.past]
    const act = async ({ step, key, resumed, signal }: StepContext, item?: number): Promise<void> => {
      if (!alive()) return never()
      this.deeds.push({ step: step.name, key, resumed: resumed !== undefined, ...(item !== undefined && { item }) })
      await this.#letGo(step.name, item, signal)
    }
    const { documents } = process.services
    const add: Documents['add'] = async (...document) => {
      const added = await documents.add(...document)
      await (alive() ? this.#letGo('documents.add') : never())
      return added
    }
    return {
      definitions: contractSteps(act),
      services: { ...process.services, documents: { ...documents, add } },
      journal: this.#watched(process.journal, alive),
      onEvent: (event: RunEvent) => {
        if (alive()) this.events.push(event)
      }
    }
  }

  /** Resolves when the test lets `step` end, or it is stopped; what it did is done. */
  #letGo(step: string, item?: number, signal?: CancelSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = { step, item, end: resolve }
      this.#waiting.push(waiting)
      signal?.onCancel(() => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting)
        resolve()
      })
    })
  }

  #follow(handle: RunHandle, onReply: () => void = () => undefined): void {
    const life = this.#life
    this.#handle = handle
    void handle.reply.then((reply) => {
      if (this.#life !== life) return
      this.reply = reply
      onReply()
    })
    void handle.settled.then((settled) => {
      if (this.#life === life) this.settled = settled
    })
  }

  #end(): void {
    this.#life++
    this.#waiting = []
    this.#process = undefined
    this.#handle = undefined
    this.reply = undefined
    this.settled = undefined
  }

  #lastEvents(): string {
    return this.events
      .slice(-40)
      .map((event) => JSON.stringify({ ...event, flows: undefined }))
      .join('\n')
  }

  /** The journal of a process: nothing comes from it any more when that is dead. */
  #watched(journal: Journal, alive: () => boolean): Journal {
    let pressing = false
    const whileAlive = async (task: Promise<void> | undefined): Promise<void> => {
      try {
        await task
      } finally {
        if (!alive()) await never()
      }
    }
    return {
      append: (event) => {
        if (!alive()) return
        if (pressing) this.addedUnderPressure++
        journal.append(event)
      },
      durable: () => (alive() ? whileAlive(Promise.resolve(journal.durable?.())) : never()),
      pressure: () => {
        const room = alive() ? journal.pressure?.() : never()
        if (!room) return undefined
        this.pressed++
        pressing = true
        return whileAlive(room).finally(() => (pressing = false))
      },
      close: () => (alive() ? whileAlive(journal.close()) : never())
    }
  }
}

const never = (): Promise<never> => new Promise(() => undefined)
