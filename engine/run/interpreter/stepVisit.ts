import {
  type BegunItem,
  type BranchResult,
  type CancelSignal,
  CancelSource,
  type Failure,
  type FrameResult,
  type LogLevel,
  type Progress,
  type Resumed,
  type Services,
  type Step,
  type StepContext,
  type ThreadControl,
  type Value,
  type ValueRecord
} from '../../model/index.ts'
import { type Effects, type VisitEffects, noEffects, resumedFrom } from './effects.ts'
import type { Recorder } from '../journal/recorder.ts'
import { wholeStep } from '../journal/run.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'

/** As much of a thread as its visits need. */
interface VisitThread {
  readonly id: number
  readonly state: string
  readonly cancel: CancelSource
}

/** As much of a frame as its visits need. */
interface VisitFrame {
  readonly id: number
  readonly at: CompiledStep
  readonly visit: StepVisit | undefined
  readonly caught: Failure | undefined
  /** The visit that entered the frame, and what tells it from others that it entered. */
  readonly entered: StepVisit | undefined
  /** Negative where there is nothing to tell it from. */
  readonly suffix: number
}

/** What visits need of the run they belong to. */
export interface VisitWorld {
  readonly run: string
  readonly services: Services
  readonly recorder: Recorder
  readonly effects: Effects
  threadControl(thread: VisitThread, frame: VisitFrame, signal: CancelSignal): ThreadControl
}

/** One passage through one step: what the step is given, and what it keeps between the frames it enters. */
export class StepVisit implements StepContext {
  inputs: ValueRecord
  dynamicInputs: ValueRecord
  state: Value | undefined = undefined
  result: FrameResult | undefined = undefined
  results: readonly BranchResult[] | undefined = undefined
  readonly caught: Failure | undefined
  resumed: Resumed | undefined = undefined
  /** What the journal that is followed tells of the visit. */
  readonly record: VisitRecord | undefined
  /** Counts from 1. */
  attempt = 1
  /** Whether the frame that it entered may fail without failing the step. */
  catches = false
  /** With a time limit: given when the attempt is over. */
  over: CancelSource | undefined = undefined
  readonly #world: VisitWorld
  #thread: VisitThread
  readonly #frame: VisitFrame
  #pass: number
  #at: CompiledStep
  #own: CancelSource | undefined
  #effects: VisitEffects | undefined
  #startedAt: number | undefined
  #entries = 0
  #kept: FrameResult[] | undefined

  constructor(
    world: VisitWorld,
    thread: VisitThread,
    frame: VisitFrame,
    pass: number,
    inputs: ValueRecord,
    dynamicInputs: ValueRecord,
    record?: VisitRecord
  ) {
    this.#world = world
    this.#thread = thread
    this.#frame = frame
    this.#pass = pass
    this.#at = frame.at
    this.inputs = inputs
    this.dynamicInputs = dynamicInputs
    this.caught = frame.caught
    this.record = record
    this.#startedAt = record?.startedAt
  }

  /** Makes an ended visit of a pure step, which left no traces, the next one of the same frame. */
  again(at: CompiledStep, pass: number, inputs: ValueRecord): void {
    this.#at = at
    this.inputs = inputs
    this.#pass = pass
  }

  get step(): Step {
    return this.#at.step
  }

  get settings(): ValueRecord {
    return this.#at.settings
  }

  get services(): Services {
    return this.#world.services
  }

  /** The visit's place among all visits of the run. */
  get path(): string {
    const { entered, suffix } = this.#frame
    return `${entered ? entered.path : 'main'}${suffix < 0 ? '' : `/${String(suffix)}`}/${this.step.id}#${String(this.#pass)}`
  }

  get startedAt(): number {
    return (this.#startedAt ??= this.#world.recorder.now)
  }

  get key(): string {
    return `${this.#world.run}/${this.path}`
  }

  get signal(): CancelSignal {
    return this.#own ?? this.#thread.cancel
  }

  get threads(): ThreadControl {
    return this.#world.threadControl(this.#thread, this.#frame, this.signal)
  }

  begin(item?: BegunItem): Promise<void> {
    this.#effects ??= this.record?.effects ?? noEffects()
    return this.#world.effects.begin(this.#effects, item, () => {
      this.#world.recorder.record({ event: 'EffectBegun', ...this.#place(), ...(item && { item }) })
    })
  }

  progress(progress: Progress): void {
    const { frame, thread, step } = this.#place()
    if (this.#frame.visit !== this || this.#thread.state === 'ended') return
    this.#world.recorder.record({ event: 'StepProgressed', thread, frame, step, ...progress })
    if (this.#effects && progress.item) this.#world.effects.end(this.#effects, progress.item)
  }

  log(level: LogLevel, message: string): void {
    this.#world.recorder.record({ event: 'Logged', ...this.#place(), level, message })
  }

  /** Numbers the bodies that the visit enters one after another, from 0. */
  nextEntry(): number {
    return this.#entries++
  }

  /** Adds the result of a body to those that are kept. */
  keep(result: FrameResult): void {
    if (!this.#kept) this.results = this.#kept = []
    this.#kept.push(result)
  }

  /** Go Async has moved the visit's frame to another thread. */
  moveTo(thread: VisitThread): void {
    this.#thread = thread
    const own = this.#own
    if (own)
      thread.cancel.onCancel(() => {
        own.cancel()
      })
  }

  /** Gives the visit a signal of its own, so that it can be stopped while its thread goes on. */
  ownSignal(): void {
    const own = new CancelSource()
    this.#thread.cancel.onCancel(() => {
      own.cancel()
    })
    this.#own = own
  }

  /** Stops a visit with a signal of its own. */
  stop(): void {
    this.#own?.cancel()
  }

  /** As it was before the step ran, for another attempt, at a wall time in milliseconds since 1970. */
  restart(startsAt: number): void {
    this.#startedAt = startsAt
    this.leave()
    this.over = undefined
    this.#own = undefined
    this.#kept = undefined
    this.#entries = 0
    this.attempt++
    const effects = this.#effects ?? (this.resumed && this.record?.effects)
    if (effects) {
      // What an earlier attempt did is done; what it did as a whole has ended with it.
      effects.begun.delete(wholeStep)
      this.resumed = resumedFrom(effects, 'retry')
    }
    this.state = undefined
    this.result = undefined
    this.results = undefined
  }

  /** The attempt is over: nothing of it is under way any more. */
  leave(): void {
    this.over?.cancel()
    if (this.#effects) this.#world.effects.endAll(this.#effects)
  }

  #place(): { thread: number; frame: number; step: string } {
    return { thread: this.#thread.id, frame: this.#frame.id, step: this.step.id }
  }
}
