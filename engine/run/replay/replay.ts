import { runMessages } from '../../messages/run.ts'
import {
  Cancelled,
  type DoubtHandling,
  type Failure,
  type Resumed,
  type Step,
  type Transition,
  type Value
} from '../../model/index.ts'
import { ownHandling } from '../journal/doubts.ts'
import { resumedFrom } from '../interpreter/effects.ts'
import type { FrameId, RunEvent, RunFact, ThreadId } from '../journal/event.ts'
import { failureWith } from '../interpreter/failureOf.ts'
import type { Pace } from '../schedule/pace.ts'
import { type VisitRecord, visitRecords } from './visitRecord.ts'

/** The journal tells something else than what the flow does: it was changed, or another version of the steps wrote it. */
export class ReplayMismatch extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReplayMismatch'
  }
}

/** What a journal makes happen that no thread does of itself. */
export interface ReplayActions {
  cancel(target: ThreadId | undefined): void
  timeOut(frame: FrameId): void
  signal(name: string, value: Value): void
  /** The signal was taken by a visit that has ended. */
  takeSignal(name: string): void
}

/** A thread that waits for its next event. */
interface Waiting {
  wake(): void
  goLive(): void
}

/** Events that follow from nothing the interpreter does while it follows a journal: steps told them. */
const told: ReadonlySet<RunEvent['event']> = new Set<RunEvent['event']>([
  'StepProgressed',
  'Logged',
  'EffectBegun',
  'VariableSet',
  'SignalSent',
  'SignalTaken',
  'RunResumed'
])

/** Turns of promises after which a thread that was woken is taken to do nothing more. */
const patience = 100

/**
 * Brings a run to where its journal ends, by running its flow again: the interpreter makes the same moves, the journal
 * says what came of each visit, and threads go on in the order in which it tells of them. Then the run is live.
 *
 * What had begun and not ended then is begun again, with what it had done (`Resumed`).
 */
export class Replay implements Pace {
  readonly #events: readonly RunEvent[]
  readonly #records: ReadonlyMap<FrameId, readonly VisitRecord[]>
  readonly #opened = new Map<FrameId, number>()
  readonly #waiting = new Map<ThreadId, Waiting>()
  readonly #handling: DoubtHandling
  /** The log lines behind the last move. */
  readonly #lastLines: Extract<RunEvent, { event: 'Logged' }>[]
  #later: (() => void)[] = []
  #next = 0
  #startedAt = 0
  #mismatch: ReplayMismatch | undefined
  /** Whether the journal is still being followed. */
  following = true
  /** Wall time and run time of the event that was followed last, in milliseconds. */
  wallTime = 0
  at = 0
  #actions: ReplayActions | undefined
  readonly #onLive: () => void

  /** `onLive` is called at the moment when the run goes on by itself. */
  constructor(events: readonly RunEvent[], handling: DoubtHandling, onLive: () => void) {
    this.#events = events
    this.#records = visitRecords(events)
    const lastMove = events.findLastIndex(({ event }) => !told.has(event))
    this.#lastLines = events.slice(lastMove + 1).filter((event) => event.event === 'Logged')
    this.#handling = handling
    this.#onLive = onLive
  }

  /** Follows the journal to its end. Rejects with ReplayMismatch. */
  async follow(actions: ReplayActions): Promise<void> {
    this.#actions = actions
    while (this.following && !this.#mismatch) {
      const event = this.#peek()
      if (!event) this.#goLive()
      else if (event.event === 'CancelRequested') {
        this.#pass(event)
        actions.cancel(event.target)
      } else if (event.event === 'SignalReceived') {
        this.#pass(event)
        actions.signal(event.signal, event.value)
      } else if (event.event === 'StepTimedOut') {
        this.#pass(event)
        actions.timeOut(event.frame)
      } else await this.#wake(event)
    }
    if (this.#mismatch) throw this.#mismatch
    for (const [, waiting] of [...this.#waiting].sort(([one], [other]) => one - other)) waiting.goLive()
    this.#waiting.clear()
    for (const begin of this.#later) begin()
    this.#later = []
  }

  /** Whether the journal tells `fact` already. The first one that it does not tell is the first one of the live run. */
  tells(fact: RunFact): boolean {
    if (!this.following) return this.#tellsInTheEnd(fact)
    if (this.#mismatch) return true
    if (told.has(fact.event)) {
      if (this.#next < this.#events.length) return true
    } else {
      const event = this.#peek()
      if (event) {
        if (sameMove(event, fact)) this.#pass(event)
        else this.#mismatch = new ReplayMismatch(runMessages.replayMismatch(event.seq, event.event, fact.event))
        return true
      }
    }
    this.#goLive()
    return this.#tellsInTheEnd(fact)
  }

  /** Whether a log line stands behind the last move of the journal: it came with the next one. */
  #tellsInTheEnd(fact: RunFact): boolean {
    if (fact.event !== 'Logged' || this.#lastLines.length === 0) return false
    const { thread, frame, step, message } = fact
    const index = this.#lastLines.findIndex(
      (line) => line.thread === thread && line.frame === frame && line.step === step && line.message === message
    )
    return index >= 0 && this.#lastLines.splice(index, 1).length > 0
  }

  after<T>(thread: ThreadId, begin: () => Promise<T>): Promise<T | undefined> {
    if (!this.following) return begin()
    return new Promise((resolve) => {
      this.#waiting.set(thread, {
        wake: () => {
          resolve(undefined)
        },
        goLive: () => {
          resolve(begin())
        }
      })
    })
  }

  whenLive(begin: () => void): void {
    if (this.following) this.#later.push(begin)
    else begin()
  }

  /** Whether the thread let others have their turn after so many steps. */
  yields(thread: ThreadId, steps: number): boolean {
    const event = this.#peek()
    return event?.event === 'ThreadYielded' && event.thread === thread && event.steps === steps
  }

  /** The next visit of a step of `frame`; undefined when the journal tells of none, or says nothing of such steps. */
  open(frame: FrameId, step: string): VisitRecord | undefined {
    if (!this.following) return undefined
    const records = this.#records.get(frame) ?? []
    let index = this.#opened.get(frame) ?? 0
    // With recording summary, all that is told of most steps is that they failed.
    while (records[index] && records[index]?.step !== step && !records[index]?.started) index++
    const record = records[index]
    if (record?.step !== step) return undefined
    this.#opened.set(frame, index + 1)
    return record
  }

  /** What came of the attempt that is being made of the visit; a promise while the journal tells of other threads. */
  answer(
    thread: ThreadId,
    frame: FrameId,
    record: VisitRecord | undefined,
    run: () => Transition | Promise<Transition>
  ): Transition | Promise<Transition> {
    const known = record && this.#outcomeOf(frame, record)
    if (known) return known
    if (this.following && !this.#peek()) {
      // The process ended while this thread was moving: it goes on before those that waited.
      this.#goLive()
      return run()
    }
    return this.after(thread, async () => run()).then((answer) => {
      const transition = answer ?? (record && this.#outcomeOf(frame, record))
      if (transition) return transition
      throw new Cancelled()
    })
  }

  /** How far a visit had come that was cut off. */
  resumed({ effects }: VisitRecord, step: Step): Resumed {
    return resumedFrom(effects, ownHandling(step) ?? this.#handling)
  }

  /** The attempt's end, if that is what the journal tells next. Throws what it failed with. */
  #outcomeOf(frame: FrameId, record: VisitRecord): Transition | undefined {
    const event = this.following ? this.#peek() : undefined
    if (event && 'frame' in event && event.frame === frame) {
      if (event.event === 'StepCompleted') {
        this.#takeSignals(record)
        const variables = record.variables.map(({ variable: name, value, added }) =>
          added ? { name, added: value } : { name, value }
        )
        record.given = { outputs: event.outputs, variables }
        return { kind: 'exit', outcome: event.outcome, outputs: event.outputs }
      }
      if (event.event === 'StepFailed' || event.event === 'StepRetried') {
        this.#takeSignals(record)
        throw thrown(event.error)
      }
    }
    return undefined
  }

  #takeSignals(record: VisitRecord): void {
    for (const name of record.signalsTaken) this.#actions?.takeSignal(name)
    record.signalsTaken = []
  }

  /** The next event that is no one's telling. */
  #peek(): RunEvent | undefined {
    for (;;) {
      const event = this.#events[this.#next]
      if (!event || !told.has(event.event)) return event
      this.#pass(event)
      if (event.event === 'SignalSent') this.#actions?.signal(event.signal, event.value)
    }
  }

  #pass(event: RunEvent): void {
    this.#next++
    if (event.event === 'RunStarted') this.#startedAt = Date.parse(event.startedAt) - event.at
    if (event.event === 'RunResumed') this.#startedAt = Date.parse(event.resumedAt) - event.at
    this.at = event.at
    this.wallTime = this.#startedAt + event.at
  }

  /** Lets the thread go on that the next event tells of. */
  async #wake(event: RunEvent): Promise<void> {
    const position = this.#next
    for (let turns = 0; turns < patience; turns++) {
      const thread = mover(event)
      const waiting = thread === undefined ? undefined : this.#waiting.get(thread)
      if (waiting && thread !== undefined) {
        this.#waiting.delete(thread)
        waiting.wake()
        turns = 0
      }
      await Promise.resolve()
      if (this.#next !== position || !this.following || this.#mismatch) return
    }
    this.#mismatch = new ReplayMismatch(runMessages.replayMismatch(event.seq, event.event, ''))
  }

  #goLive(): void {
    this.following = false
    this.#onLive()
  }
}

/** The thread whose move an event is. */
function mover(event: RunEvent): ThreadId | undefined {
  if (event.event === 'ThreadStarted') return event.parent
  return 'thread' in event ? event.thread : undefined
}

const thrown = (error: Failure): Error => failureWith(error)

/** Whether the interpreter makes the move that the journal tells of. */
function sameMove(event: RunEvent, fact: RunFact): boolean {
  if (event.event !== fact.event) return false
  const one: Partial<Record<string, unknown>> = event
  const other: Partial<Record<string, unknown>> = fact
  return ['thread', 'frame', 'step', 'outcome', 'end'].every((key) => one[key] === other[key])
}
