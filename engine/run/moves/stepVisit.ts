import {
  type BegunItem,
  CancelSource,
  Cancelled,
  type CancelSignal,
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
import type { CompiledStep } from '../compile/compiledFlow.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'
import { type VisitEffects, endAttempt, noEffects, resumedFrom, timeAttemptOut } from '../state/effects.ts'
import type { RunContext } from '../state/runContext.ts'
import type { PlacedSignal } from '../state/signals.ts'
import type { Frame } from '../state/thread.ts'
import type { Awaited, Visit, VisitThread } from '../state/visit.ts'
import { effectsOf } from './suspend.ts'
import { threadControl } from './threadControl.ts'

/** One attempt of one passage through one step, as the step and the interpreter see it. */
export class StepVisit implements Visit {
  inputs: ValueRecord
  dynamicInputs: ValueRecord
  state: Value | undefined = undefined
  result: FrameResult | undefined = undefined
  results: StepContext['results'] = undefined
  readonly caught: Failure | undefined
  resumed: Resumed | undefined = undefined
  readonly record: VisitRecord | undefined
  attempt = 1
  pass: number
  catches = false
  stale = false
  isLimited = false
  pausedFor = 0
  effects: VisitEffects | undefined = undefined
  awaits: Awaited | undefined = undefined
  readonly #run: RunContext
  #thread: VisitThread
  readonly #frame: Frame
  #at: CompiledStep
  #signal: CancelSource | undefined
  #stopped = false
  #startedAt: number | undefined
  #entries = 0
  #kept: FrameResult[] | undefined
  #taken: PlacedSignal[] | undefined
  #left = false

  constructor(
    run: RunContext,
    thread: VisitThread,
    frame: Frame,
    pass: number,
    inputs: ValueRecord,
    dynamicInputs: ValueRecord,
    record?: VisitRecord
  ) {
    this.#run = run
    this.#thread = thread
    this.#frame = frame
    this.pass = pass
    this.#at = frame.at
    this.inputs = inputs
    this.dynamicInputs = dynamicInputs
    this.caught = frame.caught
    this.record = record
    this.#startedAt = record?.startedAt
  }

  again(at: CompiledStep, pass: number, inputs: ValueRecord): void {
    this.#left = false
    this.#stopped = false
    this.#signal = undefined
    this.#startedAt = undefined
    this.#at = at
    this.inputs = inputs
    this.pass = pass
  }

  nextAttempt(startsAt: number): Visit {
    const next = this.#another(startsAt)
    next.attempt = this.attempt + 1
    // Of attempts that a journal tells of, the record of the visit has all that is needed.
    if (!this.#run.replay?.following) {
      next.effects = this.#ownEffects()
      endAttempt(next.effects)
      next.resumed = resumedFrom(next.effects, this.step)
    }
    return next
  }

  attemptAgain(startsAt: number): Visit {
    const next = this.#another(startsAt)
    if (!this.stale) return next
    // What failed were its inputs, between two bodies: those that it has entered stay done.
    next.stale = true
    next.state = this.state
    next.result = this.result
    next.catches = this.catches
    next.results = this.results
    next.#kept = this.#kept
    next.#entries = this.#entries
    return next
  }

  /** Another attempt, as it begins. This one is left. */
  #another(startsAt: number): StepVisit {
    this.leave()
    const { inputs, dynamicInputs, pass, record } = this
    const next = new StepVisit(this.#run, this.#thread, this.#frame, pass, inputs, dynamicInputs, record)
    next.#startedAt = startsAt
    return next
  }

  pauseFor(milliseconds: number): void {
    this.pausedFor += milliseconds
  }

  get step(): Step {
    return this.#at.step
  }

  get settings(): ValueRecord {
    return this.#at.settings
  }

  get services(): Services {
    return this.#run.services
  }

  get path(): string {
    const { enteredBy, branchIndex } = this.#frame
    const branch = branchIndex < 0 ? '' : `/${String(branchIndex)}`
    return `${enteredBy ? enteredBy.path : 'main'}${branch}/${this.step.id}#${String(this.pass)}`
  }

  get startedAt(): number {
    return this.begun()
  }

  begun(): number {
    return (this.#startedAt ??= this.#run.recorder.now)
  }

  get key(): string {
    return `${this.#run.id}/${this.path}`
  }

  get signal(): CancelSignal {
    if (!this.#signal) {
      this.#signal = new CancelSource()
      if (this.#stopped || this.#thread.cancelled) this.#signal.cancel()
    }
    return this.#signal
  }

  get threads(): ThreadControl {
    return threadControl(this.#run, this, () => this.#place())
  }

  get isCurrent(): boolean {
    return !this.#left && this.#frame.visit === this && this.#thread.state !== 'ended'
  }

  begin(item?: BegunItem): Promise<void> {
    if (!this.isCurrent) return new Promise(() => undefined)
    if (this.signal.cancelled) return Promise.reject(new Cancelled())
    const run = this.#run
    return effectsOf(run).begin(this.#ownEffects(), item, () => {
      run.recorder.record({ event: 'EffectBegun', ...this.#place(), ...(item && { item }) })
    })
  }

  progress(progress: Progress): void {
    if (!this.isCurrent) return
    this.#run.recorder.record({ event: 'StepProgressed', ...this.#place(), ...progress })
    if (!progress.item) return
    const effects = this.#ownEffects()
    effects.items.set(progress.item.index, progress.item)
    this.#run.effects?.end(effects, progress.item.index)
  }

  #ownEffects(): VisitEffects {
    return (this.effects ??= this.record?.effects ?? noEffects())
  }

  log(level: LogLevel, message: string): void {
    if (!this.isCurrent) return
    this.#run.recorder.record({ event: 'Logged', ...this.#place(), level, message })
  }

  nextEntry(): number {
    return this.#entries++
  }

  keep(result: FrameResult): void {
    if (!this.#kept) this.results = this.#kept = []
    this.#kept.push(result)
  }

  moveTo(thread: VisitThread): void {
    this.#thread = thread
  }

  stop(): void {
    this.#stopped = true
    this.#signal?.cancel()
  }

  timeOut(): void {
    if (this.effects) timeAttemptOut(this.effects)
    this.stop()
  }

  leave(completed = false): void {
    this.#left = true
    this.stop()
    if (this.effects) this.#run.effects?.endAll(this.effects)
    if (completed) this.#taken = undefined
    else this.giveBack()
  }

  take(signal: PlacedSignal): void {
    this.#taken ??= []
    this.#taken.push(signal)
  }

  giveBack(): void {
    const taken = this.#taken ?? []
    this.#taken = undefined
    for (const signal of taken) this.#run.signals?.giveBack(signal)
  }

  #place(): { thread: number; frame: number; step: string } {
    return { thread: this.#thread.id, frame: this.#frame.id, step: this.step.id }
  }
}
