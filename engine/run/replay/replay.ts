import { runMessages } from '../../messages/run.ts'
import { type Failure, type Transition, noData } from '../../model/index.ts'
import type { FrameId, RunEvent, RunFact, ThreadId } from '../journal/event.ts'
import { failureWith } from '../state/failureOf.ts'
import type { Thread, Wait } from '../state/thread.ts'
import { type VisitRecord, visitRecords } from './visitRecord.ts'
import { type CountingEvents, withoutTakenBack } from './withoutTakenBack.ts'

/** The journal tells something else than what the flow does: it was changed, or another version of the steps wrote it. */
export class ReplayMismatch extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReplayMismatch'
  }
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

/** Whether a step told it. */
const isTold = (fact: RunFact): boolean =>
  told.has(fact.event) || (fact.event === 'CancelRequested' && fact.step !== undefined)

type LogLine = Extract<RunEvent, { event: 'Logged' }>

/** What the journal of an interrupted run tells, and how far it has been followed. */
export class Replay {
  readonly #counting: CountingEvents
  readonly #events: readonly RunEvent[]
  readonly #records: ReadonlyMap<FrameId, readonly VisitRecord[]>
  readonly #opened = new Map<FrameId, number>()
  /** The log lines behind the last move: they came with the next one, which may come again. */
  readonly #lastLines: LogLine[]
  readonly #onPass: (event: RunEvent) => void
  readonly #onEnd: (lastLines: LogLine[]) => void
  #next = 0
  #last: RunEvent | undefined
  #startedAt = 0
  /** The threads that wait, in the order in which they began to. */
  readonly parked = new Map<ThreadId, Thread>()
  /** The threads that go on only once the run is retried, with what they wait for until then, and what is done first. */
  readonly held: { readonly thread: Thread; readonly wait: Wait; readonly retried: () => void }[] = []
  /** Clocks that begin to run once the journal has been followed to its end. */
  readonly later: (() => void)[] = []
  mismatch: ReplayMismatch | undefined
  /** Whether the journal is still being followed. */
  following = true
  /** Wall time and run time of the event that was followed last, in milliseconds. */
  wallTime = 0
  at = 0

  /** `all`: the whole journal. `onPass` sees what steps told; `onEnd` is called at the moment when the run goes on by itself. */
  constructor(all: readonly RunEvent[], onPass: (event: RunEvent) => void, onEnd: (lastLines: LogLine[]) => void) {
    this.#counting = withoutTakenBack(all)
    const { events, attempts } = this.#counting
    this.#events = events
    this.#records = visitRecords(events, attempts)
    const lastMove = events.findLastIndex((event) => !isTold(event))
    this.#lastLines = events.slice(lastMove + 1).filter((event) => event.event === 'Logged')
    this.#onPass = onPass
    this.#onEnd = onEnd
  }

  /** The thread waits until the journal tells of it. */
  park(thread: Thread): void {
    this.parked.set(thread.id, thread)
  }

  unpark(thread: Thread): void {
    this.parked.delete(thread.id)
  }

  whenLive(begin: () => void): void {
    this.later.push(begin)
  }

  /** Whether the journal tells `fact` already. The first one that it does not tell is the first one of the live run. */
  tells(fact: RunFact): boolean {
    if (!this.following) return false
    if (this.mismatch) return true
    if (isTold(fact)) {
      if (this.#next < this.#events.length) return true
    } else {
      const event = this.peek()
      if (event) {
        if (sameMove(event, fact)) this.pass(event)
        else this.fail(event, fact.event)
        return true
      }
    }
    this.end()
    return false
  }

  /** The journal tells something that the flow does not do. */
  fail({ seq, event }: RunEvent, made: string): void {
    this.mismatch ??= new ReplayMismatch(runMessages.replayMismatch(seq, event, made))
  }

  /** Whether it has been followed to its end; then the run goes on by itself from here. */
  ends(): boolean {
    if (this.peek()) return false
    this.end()
    return true
  }

  /**
   * The run is live. What other threads had begun to wait for begins again before the one that moves goes on, in the order in
   * which it began: who was the first to wait for a signal still is.
   */
  end(): void {
    if (!this.following) return
    this.following = false
    this.#onEnd(this.#lastLines)
    for (const thread of this.parked.values()) thread.wait?.begin()
    for (const begin of this.later) begin()
  }

  /** Whether the thread let others have their turn after so many steps. */
  pauses(thread: ThreadId, steps: number): boolean {
    const event = this.peek()
    return event?.event === 'ThreadYielded' && event.thread === thread && event.steps === steps
  }

  /** The next visit of a step of `frame`; undefined when the journal tells of none, or says nothing of such steps. */
  open(frame: FrameId, step: string): VisitRecord | undefined {
    const records = this.#records.get(frame) ?? []
    let index = this.#opened.get(frame) ?? 0
    // With recording summary, all that is told of most steps is that they failed.
    while (records[index] && records[index]?.step !== step && !records[index]?.started) index++
    const record = records[index]
    if (record?.step !== step) return undefined
    this.#opened.set(frame, index + 1)
    return record
  }

  /** The attempt's end, if that is what the journal tells next. Throws what it failed with. */
  outcomeOf(frame: FrameId, record: VisitRecord): Transition | undefined {
    const failure = this.failureOf(frame)
    if (failure) throw failure
    const event = this.peek()
    if (event?.event !== 'StepCompleted' || event.frame !== frame) return undefined
    const variables = record.variables.map(({ variable: name, value, added }) =>
      added ? { name, added: value } : { name, value }
    )
    record.given = { outputs: event.outputs, variables }
    return { kind: 'exit', outcome: event.outcome, outputs: event.outputs }
  }

  /** What the journal that is followed keeps of what a step of `frame` observed. Throws what it failed with instead. */
  toldOf<T>(frame: FrameId, kept: () => T | undefined): T | undefined {
    if (!this.following) return undefined
    const failure = this.failureOf(frame)
    if (failure) throw failure
    return kept()
  }

  /** What the attempt failed with, if that is what the journal tells next. */
  failureOf(frame: FrameId): Error | undefined {
    const event = this.following ? this.peek() : undefined
    const failed = event?.event === 'StepFailed' || event?.event === 'StepRetried' ? event : undefined
    return failed?.frame === frame ? thrown(failed.error) : undefined
  }

  /** Whether the journal tells next that the step had no value for a required input. */
  tellsNoData(frame: FrameId): boolean {
    const event = this.following ? this.peek() : undefined
    return event?.event === 'StepCompleted' && event.frame === frame && event.outcome === noData
  }

  /** The next event that is no step's telling. */
  peek(): RunEvent | undefined {
    for (;;) {
      const event = this.#events[this.#next]
      if (!event || !isTold(event)) return event
      this.pass(event)
    }
  }

  pass(event: RunEvent): void {
    this.#next++
    this.#last = event
    if (event.event === 'RunStarted') this.#startedAt = Date.parse(event.startedAt) - event.at
    if (event.event === 'RunRetried') this.#startedAt = Date.parse(event.retriedAt) - event.at
    if (event.event === 'RunResumed') this.#startedAt = Date.parse(event.resumedAt) - event.at
    this.at = event.at
    this.wallTime = this.#startedAt + event.at
    this.#onPass(event)
  }

  /** Whether the failure that was just followed has been taken back, so that it is that of an attempt. */
  get isRetried(): boolean {
    return this.following && this.#last !== undefined && this.#counting.attempts.has(this.#last)
  }

  /** Whether the thread had been stopped here, or had ended, by a failure that has been taken back. */
  isStopped({ id }: Thread): boolean {
    if (!this.following) return false
    return this.#counting.stops.some(({ thread, from, to }) => thread === id && this.#next >= from && this.#next <= to)
  }

  /** Whether the thread is to stay where it is until the run is retried: it was stopped, and the journal tells no move of it here. */
  holds(thread: Thread): boolean {
    if (!this.isStopped(thread)) return false
    const event = this.peek()
    return event === undefined || mover(event) !== thread.id
  }

  /** When the thread had ended that goes on with the retry; undefined for any other. */
  endBefore(retry: RunEvent, thread: ThreadId): number | undefined {
    return this.#counting.ends.get(retry)?.get(thread)
  }

  /** How many events have been followed. */
  get position(): number {
    return this.#next
  }
}

const thrown = (error: Failure): Error => failureWith(error)

/** Whether the interpreter makes the move that the journal tells of. */
function sameMove(event: RunEvent, fact: RunFact): boolean {
  if (event.event !== fact.event) return false
  const one: Partial<Record<string, unknown>> = event
  const other: Partial<Record<string, unknown>> = fact
  return ['thread', 'frame', 'step', 'outcome', 'end'].every((key) => one[key] === other[key])
}

/** The thread whose move an event is. */
export function mover(event: RunEvent): ThreadId | undefined {
  if (event.event === 'ThreadStarted') return event.parent
  return 'thread' in event ? event.thread : undefined
}
