import type { Clock, Recording, StepId, ValueRecord } from '../../model/index.ts'
import type { FrameId, RunEvent, RunFact, ThreadId } from './event.ts'
import type { Journal } from './journal.ts'
import type { StepJournal } from './stepJournal.ts'

/** What a recorder stands on. */
export interface RecorderOptions {
  readonly clock: Clock
  readonly journal: Journal
  readonly recording: Recording
  /** Sees every event right after the journal took it. What it throws is its own business. */
  readonly watch: ((event: RunEvent) => void) | undefined
  /** The last event of the journal that is being added to. */
  readonly onto?: RunEvent
}

/** A journal that is followed: what it tells is not recorded again. */
export interface Followed {
  tells(fact: RunFact): boolean
  /** Wall time and run time of the event that was followed last, in milliseconds. */
  readonly wallTime: number
  readonly at: number
}

/** Numbers and dates the facts of one run and hands them to its journal and to whoever watches. */
export class Recorder {
  readonly #clock: Clock
  readonly #journal: Journal
  readonly #watch: ((event: RunEvent) => void) | undefined
  /** Whether every step is recorded, not only those that may come out otherwise when they are run again. */
  readonly full: boolean
  /** Takes the events of steps field by field: where nobody watches, they need not be made. */
  readonly #steps: StepJournal | undefined
  #followed: Followed | undefined
  /** Log lines that the journal has already, and that may be told again. */
  #toldLines: readonly RunFact[] = []
  #startedAt: number
  #seq: number
  /** When the last event was, in microseconds since the start. */
  #last: number
  #stopped = false

  constructor({ clock, journal, recording, watch, onto }: RecorderOptions) {
    this.#clock = clock
    this.#journal = journal
    this.#watch = watch
    this.#steps = journal.steps
    this.full = recording === 'full'
    this.#seq = onto?.seq ?? 0
    this.#startedAt = clock.elapsed() - (onto?.at ?? 0)
    this.#last = Math.round((onto?.at ?? 0) * 1000)
  }

  /** What `journal` tells already is not recorded again. */
  follow(journal: Followed): void {
    this.#followed = journal
  }

  /** The journal was followed to its end, its last event was at `at`: time passes from now on. `lines` may be told again. */
  goLive(at: number, lines: readonly RunFact[]): void {
    this.#followed = undefined
    this.#toldLines = lines
    this.#startedAt = this.#clock.elapsed() - at
    this.#last = Math.round(at * 1000)
  }

  /** Wall time in milliseconds since 1970; of the event that is being followed, while a journal is. */
  get now(): number {
    return this.#followed ? this.#followed.wallTime : this.#clock.now()
  }

  /** Milliseconds that the run has been carried; of the event that is being followed, while a journal is. */
  get at(): number {
    return this.#followed ? this.#followed.at : this.#clock.elapsed() - this.#startedAt
  }

  /** Nothing is recorded any more: another process is to go on from here. */
  stop(): void {
    this.#stopped = true
  }

  record(fact: RunFact): void {
    if (this.#stopped || this.#followed?.tells(fact) || (fact.event === 'Logged' && this.#isToldLine(fact))) return
    this.#append({ seq: ++this.#seq, at: this.#moment() / 1000, ...fact })
  }

  /**
   * Records a fact that was made as the next event, with `nextSeq` and `nextAt` or `lastAt`. Those of every run and thread
   * are, since adding both to a fact later takes several times as long.
   */
  recordNext(event: RunEvent): void {
    if (this.#followed || this.#stopped) {
      // Where the journal ends with it, others have come before it.
      if (!this.#stopped && !this.#followed?.tells(event))
        this.#append({ ...event, seq: ++this.#seq, at: this.#moment() / 1000 })
      return
    }
    this.#seq++
    this.#append(event)
  }

  get nextSeq(): number {
    return this.#seq + 1
  }

  get nextAt(): number {
    return this.#moment() / 1000
  }

  /** The time of the event before, for what happens together with it: asking the clock takes a while. */
  get lastAt(): number {
    return this.#last / 1000
  }

  /**
   * Records StepStarted; of the two facts of every step, which have a way of their own for the sake of speed. `atOnce`: it
   * began when the step before it ended, so that the clock need not be asked again.
   */
  stepStarted(thread: ThreadId, frame: FrameId, step: StepId, inputs: ValueRecord, atOnce = false): void {
    if (this.#followed || this.#stopped) {
      this.record({ event: 'StepStarted', thread, frame, step, inputs })
      return
    }
    const at = atOnce ? this.#last : this.#moment()
    const seq = ++this.#seq
    if (!this.#steps) this.#append({ seq, at: at / 1000, event: 'StepStarted', thread, frame, step, inputs })
    else {
      this.#steps.stepStarted(seq, at, thread, frame, step, inputs)
      if (this.#watch) this.#tell({ seq, at: at / 1000, event: 'StepStarted', thread, frame, step, inputs })
    }
  }

  /** Records StepCompleted. */
  stepCompleted(thread: ThreadId, frame: FrameId, step: StepId, outcome: string, outputs: ValueRecord): void {
    if (this.#followed || this.#stopped) {
      this.record({ event: 'StepCompleted', thread, frame, step, outcome, outputs })
      return
    }
    const at = this.#moment()
    const seq = ++this.#seq
    if (!this.#steps)
      this.#append({ seq, at: at / 1000, event: 'StepCompleted', thread, frame, step, outcome, outputs })
    else {
      this.#steps.stepCompleted(seq, at, thread, frame, step, outcome, outputs)
      if (this.#watch) this.#tell({ seq, at: at / 1000, event: 'StepCompleted', thread, frame, step, outcome, outputs })
    }
  }

  #isToldLine({ thread, frame, step, message, awaits }: Extract<RunFact, { event: 'Logged' }>): boolean {
    // Whoever goes on with the run is told what it waits for, too.
    if (this.#toldLines.length === 0 || awaits) return false
    const isSame = (line: RunFact): boolean =>
      line.event === 'Logged' &&
      line.thread === thread &&
      line.frame === frame &&
      line.step === step &&
      line.message === message
    const index = this.#toldLines.findIndex(isSame)
    if (index >= 0) this.#toldLines = this.#toldLines.toSpliced(index, 1)
    return index >= 0
  }

  #append(event: RunEvent): void {
    this.#journal.append(event)
    if (this.#watch) this.#tell(event)
  }

  #tell(event: RunEvent): void {
    try {
      this.#watch?.(event)
    } catch {
      // A run does not depend on whoever sees its events.
    }
  }

  /** Now, in microseconds since the start. */
  #moment(): number {
    return (this.#last = Math.round((this.#clock.elapsed() - this.#startedAt) * 1000))
  }
}
