import { runMessages } from '../../messages/run.ts'
import { type Failure, StepFailure } from '../../model/index.ts'
import type { FrameId, RunEvent, ThreadId, VisitPlace } from '../journal/event.ts'

type EventOf<E extends RunEvent['event']> = Extract<RunEvent, { event: E }>

type VisitEnd = EventOf<'StepFailed'> | EventOf<'StepCompleted'>

/** What a retry takes back of a settled run, and who goes on with it. */
export interface Retry {
  /** The threads that go on, with the moment at which they had ended, in milliseconds since the start. */
  readonly threads: ReadonlyMap<ThreadId, number>
  readonly frames: readonly FrameId[]
  readonly steps: readonly VisitPlace[]
  readonly visits: readonly VisitPlace[]
  /** The events that count no more. */
  readonly takenBack: ReadonlySet<RunEvent>
  /** The failures that stay told, as those of attempts that were not the last one. */
  readonly attempts: ReadonlySet<RunEvent>
  /** By thread: the number of the event behind which it does nothing any more that counts. */
  readonly stopped: ReadonlyMap<ThreadId, number>
}

/** What a journal tells of one thread. */
interface ThreadPast {
  readonly started: EventOf<'ThreadStarted'>
  /** The events of the thread itself, in order. */
  readonly own: RunEvent[]
  readonly children: ThreadPast[]
  end: EventOf<'ThreadEnded'> | undefined
}

/**
 * How a run that is settled as failed goes on: every main or background thread that failed does, at the step whose failure
 * nobody handled, and so do the branches that failed with it or were stopped because of it. Throws StepFailure `retry-needless`
 * when nothing failed, `retry-nowhere` when there is no step to attempt again.
 *
 * `events`: what counts of the journal. `attempts`: the failures among them after which a retry went on.
 */
export function retryOf(events: readonly RunEvent[], attempts: ReadonlySet<RunEvent>): Retry {
  const settled = events.at(-1)
  const failed =
    settled?.event === 'RunSettled' && (settled.state === 'failed' || settled.state === 'background failed')
  if (!failed) throw new StepFailure('retry-needless', runMessages.retryNeedless)
  return new Retrying(events, settled, attempts).retry
}

class Retrying {
  readonly #before: ReadonlySet<RunEvent>
  readonly #threads = new Map<ThreadId, ThreadPast>()
  /** The events that end a visit which had been recorded as begun. */
  readonly #endsVisit = new Set<RunEvent>()
  /** The steps with items of which some failed, by frame. */
  readonly #failedItems = new Map<FrameId, string>()
  readonly #ends = new Map<ThreadId, number>()
  readonly #frames: FrameId[] = []
  readonly #steps: VisitPlace[] = []
  readonly #visits: VisitPlace[] = []
  readonly #takenBack = new Set<RunEvent>()
  readonly #attempts = new Set<RunEvent>()
  readonly #stopped = new Map<ThreadId, number>()

  constructor(events: readonly RunEvent[], settled: RunEvent, before: ReadonlySet<RunEvent>) {
    this.#before = before
    this.#read(events)
    this.#takenBack.add(settled)
    for (const past of this.#threads.values())
      if (past.started.kind !== 'branch' && past.end?.end === 'failed') this.#takeBackFailure(past, past.end)
    for (const past of this.#threads.values()) this.#takeBackStop(past)
  }

  get retry(): Retry {
    return {
      threads: this.#ends,
      frames: this.#frames,
      steps: this.#steps,
      visits: this.#visits,
      takenBack: this.#takenBack,
      attempts: this.#attempts,
      stopped: this.#stopped
    }
  }

  #read(events: readonly RunEvent[]): void {
    const begun = new Map<FrameId, string>()
    for (const event of events) {
      if (event.event === 'ThreadStarted') {
        const past: ThreadPast = { started: event, own: [], children: [], end: undefined }
        this.#threads.set(event.thread, past)
        if (event.parent !== undefined) this.#threads.get(event.parent)?.children.push(past)
        continue
      }
      if (!('thread' in event)) continue
      const past = this.#threads.get(event.thread)
      past?.own.push(event)
      if (event.event === 'ThreadEnded' && past) past.end = event
      else if (event.event === 'StepStarted') {
        begun.set(event.frame, event.step)
        this.#failedItems.delete(event.frame)
      } else if (event.event === 'StepProgressed' && event.item?.state === 'failed')
        this.#failedItems.set(event.frame, event.step)
      else if (this.#isVisitEnd(event)) {
        if (begun.get(event.frame) === event.step) this.#endsVisit.add(event)
        begun.delete(event.frame)
      }
    }
  }

  /** The thread failed: what it did by that, from the step that failed down to its end, is taken back. */
  #takeBackFailure(past: ThreadPast, end: EventOf<'ThreadEnded'>): void {
    const { own } = past
    const { error } = end
    this.#takeBackEnd(end)
    const { before, firstFailed } = this.#wayDown(past, end)
    const branches = failedBranches(past, firstFailed)
    const unconnected = error?.code === 'outcome-not-connected'
    let from = firstFailed
    if (branches.some((branch) => isSame(branch.end?.error, error))) {
      this.#stopped.set(end.thread, branches.at(-1)?.end?.seq ?? 0)
      this.#takeBackFailures(branches)
    } else if (unconnected) {
      from = before
      this.#completeAgain(own, from, error)
    } else this.#attemptAgain(own[from], end)
    for (const event of own.slice(from)) {
      if (event.event === 'FrameLeft') this.#frames.push(event.frame)
      if (event.event === 'StepFailed' && !this.#attempts.has(event)) this.#reopen(event)
      if (!this.#attempts.has(event)) this.#takenBack.add(event)
    }
  }

  /**
   * Where a failure began that ended its thread: the place of the first failure in its own events, and of the last one before that
   * does not belong to it. On its way down the stack a failure stays the same; it ends at the step that waited for the branch
   * in which it came up.
   */
  #wayDown(past: ThreadPast, end: EventOf<'ThreadEnded'>): { readonly before: number; readonly firstFailed: number } {
    const { own } = past
    let before = own.indexOf(end) - 1
    let firstFailed = -1
    for (let frame = -1; before >= 0; before--) {
      const event = own[before]
      if (event?.event === 'FrameLeft' && event.outcome === undefined) continue
      const isOnWay = event?.event === 'StepFailed' && isFailure(event, end.error) && !this.#before.has(event)
      if (!isOnWay || event.frame <= frame) break
      frame = event.frame
      firstFailed = before
      if (failedBranches(past, before).some((branch) => isSame(branch.end?.error, end.error))) break
    }
    return { before, firstFailed }
  }

  #takeBackFailures(branches: readonly ThreadPast[]): void {
    for (const branch of branches) if (branch.end) this.#takeBackFailure(branch, branch.end)
  }

  /** The step failed: that was an attempt which was not the last one. */
  #attemptAgain(failed: RunEvent | undefined, { thread, error }: EventOf<'ThreadEnded'>): void {
    if (failed?.event !== 'StepFailed' || failed.step !== error?.step)
      throw new StepFailure('retry-nowhere', runMessages.retryNowhere(error?.message ?? ''))
    this.#attempts.add(failed)
    this.#stopped.set(thread, failed.seq)
    this.#goAgain(failed)
  }

  /** The step ended by an outcome that leads nowhere. Another attempt comes to something else only where items failed. */
  #completeAgain(own: readonly RunEvent[], from: number, { message }: Failure): void {
    const told = own[from]?.event === 'ThreadWentOn' ? own[from - 1] : own[from]
    if (told?.event !== 'StepCompleted' || this.#failedItems.get(told.frame) !== told.step)
      throw new StepFailure('retry-nowhere', runMessages.retryUnconnected(message))
    this.#takenBack.add(told)
    this.#stopped.set(told.thread, told.seq)
    this.#goAgain(told)
  }

  #goAgain(ended: VisitEnd): void {
    this.#steps.push(placeOf(ended))
    this.#reopen(ended)
  }

  /** The branch was stopped because of a failure that is taken back, and goes on where it was. */
  #takeBackStop(past: ThreadPast): void {
    const { started, end, own } = past
    if (started.kind !== 'branch' || end?.end !== 'cancelled') return
    const since = this.#stopOf(started.parent)
    if (since === undefined || end.seq < since) return
    this.#stopped.set(started.thread, since)
    this.#takeBackEnd(end)
    this.#visits.push(...this.#openVisits(own))
    // Branches of its own that failed before it looked at them; of others it had taken note, and gone on.
    const startedLast = Math.max(0, ...past.children.map((child) => child.started.seq))
    this.#takeBackFailures(failedBranches(past, own.length - 1).filter((child) => (child.end?.seq ?? 0) > startedLast))
  }

  /** When the thread, or whose branch it is, was stopped by a failure that is taken back; undefined when none was. */
  #stopOf(thread: ThreadId | undefined): number | undefined {
    const past = thread === undefined ? undefined : this.#threads.get(thread)
    if (!past) return undefined
    const { thread: id, kind, parent } = past.started
    return this.#stopped.get(id) ?? (kind === 'branch' ? this.#stopOf(parent) : undefined)
  }

  #takeBackEnd(end: EventOf<'ThreadEnded'>): void {
    this.#takenBack.add(end)
    this.#ends.set(end.thread, end.at)
  }

  /** The visits that a thread was in the midst of when it was stopped. */
  #openVisits(own: readonly RunEvent[]): VisitPlace[] {
    const open = new Map<FrameId, VisitPlace>()
    for (const event of own)
      if (event.event === 'StepStarted') open.set(event.frame, placeOf(event))
      else if (event.event === 'FrameLeft' || this.#isVisitEnd(event)) open.delete(event.frame)
    return [...open.values()]
  }

  #isVisitEnd(event: RunEvent): event is VisitEnd {
    return event.event === 'StepCompleted' || (event.event === 'StepFailed' && !this.#before.has(event))
  }

  #reopen(ended: VisitEnd): void {
    if (this.#endsVisit.has(ended)) this.#visits.push(placeOf(ended))
  }
}

/** The branches that failed of those that the thread had started last, before its event at `index`; who failed last comes last. */
function failedBranches({ own, children }: ThreadPast, index: number): ThreadPast[] {
  const since = own[index - 1]?.seq ?? 0
  return children
    .filter(({ started, end }) => started.kind === 'branch' && started.seq > since && end?.end === 'failed')
    .sort((one, other) => (one.end?.seq ?? 0) - (other.end?.seq ?? 0))
}

const placeOf = ({ thread, frame, step }: VisitPlace): VisitPlace => ({ thread, frame, step })

/** Whether a step, or one that waited for it, failed with `error`, and nobody handled it there. */
const isFailure = (event: RunEvent, error: Failure | undefined): boolean =>
  event.event === 'StepFailed' && !event.handled && isSame(event.error, error)

const isSame = (one: Failure | undefined, other: Failure | undefined): boolean =>
  one?.code === other?.code && one?.message === other?.message && one?.step === other?.step
