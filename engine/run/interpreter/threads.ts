import { runMessages } from '../../messages/run.ts'
import {
  type CancelSignal,
  CancelSource,
  Cancelled,
  type Clock,
  type Failure,
  type FrameResult,
  StepFailure,
  type StepId,
  type ThreadResult,
  type ValueRecord
} from '../../model/index.ts'
import type { FrameId, RunFact, SettledState, ThreadEnd, ThreadId, ThreadKind } from '../journal/event.ts'
import { journalFailure } from './failureOf.ts'
import type { Journal } from '../journal/journal.ts'
import type { Pace } from '../schedule/pace.ts'
import type { Recorder } from '../journal/recorder.ts'
import { type Call, type CallReply, type Frame, type Thread, endOf } from './thread.ts'

/** How a caller gets control back. */
export type RunReply =
  | { readonly kind: 'replied'; readonly outcome: string; readonly outputs: ValueRecord }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'cancelled' }

/** How a run stands once nothing of it is running any more. `suspended`: here; another process is to go on with it. */
export interface Settled {
  readonly state: SettledState | 'suspended'
  readonly error?: Failure
}

/** How a thread came to its end. */
export interface Ending {
  readonly result?: FrameResult
  readonly error?: Failure
  /** The step at which it failed, as its flow call sees it. */
  readonly from?: StepId
}

interface ThreadsOptions {
  readonly clock: Clock
  readonly journal: Journal
  readonly recorder: Recorder
  readonly pace: Pace
  onReply(reply: RunReply): void
  onSettled(settled: Settled): void
  /** A branch has ended; whoever forked it may be waiting. */
  onBranchEnded(branch: Thread, end: ThreadEnd, how: Ending): void
}

/** How long a cancelled step may take to let go, in milliseconds. */
const cancelGrace = 5000

/**
 * The threads of one run, from their start to their end, and with them the two moments that matter to others: the
 * reply, when the caller gets control back, and settled, when no thread is left.
 */
export class Threads {
  readonly #options: ThreadsOptions
  readonly #live = new Map<ThreadId, Thread>()
  #started = 0
  #running = 0
  #backgrounds = 0
  #replied = false
  #cancelled = false
  #settling = false
  #mainEnd: ThreadEnd | undefined
  #mainError: Failure | undefined
  #backgroundError: Failure | undefined
  /** How the threads ended that have, branches apart: others may wait for them. */
  readonly #results = new Map<ThreadId, ThreadResult>()

  constructor(options: ThreadsOptions) {
    this.#options = options
  }

  /** Starts a thread on `frames`. `by`: the thread and the frame whose step starts it; absent for the main thread. */
  start(
    kind: ThreadKind,
    frames: Frame[],
    by?: { readonly thread: Thread; readonly frame: Frame },
    branch?: NonNullable<Thread['branch']> & { readonly name: string }
  ): Thread {
    const id = this.#started++
    const name =
      kind === 'main'
        ? 'Main'
        : kind === 'background'
          ? `Background ${String(++this.#backgrounds)}`
          : (branch?.name ?? '')
    const thread: Thread = {
      id,
      name,
      kind,
      frames,
      cancel: new CancelSource(),
      ended: undefined,
      state: 'running',
      busy: false,
      steps: 0,
      checkAt: 0,
      turnFrom: 0,
      turnSince: undefined,
      turn: 0,
      fork: undefined,
      branches: undefined,
      owner: branch && by?.thread,
      branch
    }
    if (thread.owner) (thread.owner.branches ??= new Set()).add(thread)
    this.#live.set(id, thread)
    this.#running++
    this.#options.recorder.record(startOfThread(thread, by))
    return thread
  }

  /** How many threads have not ended. */
  get running(): number {
    return this.#running
  }

  /** Whether no thread is left. */
  get over(): boolean {
    return this.#running === 0
  }

  /** The thread that has `frame` on its stack. */
  holding(frame: Frame): Thread | undefined {
    for (const thread of this.#live.values()) if (thread.frames.includes(frame)) return thread
    return undefined
  }

  /** The thread that has the frame with this number on its stack, and the frame. */
  find(id: FrameId): { readonly thread: Thread; readonly frame: Frame } | undefined {
    for (const thread of this.#live.values()) {
      const frame = thread.frames.find((one) => one.id === id)
      if (frame) return { thread, frame }
    }
    return undefined
  }

  /** Stops the thread with this number, or all of them. What a step had done stays done. */
  cancel(id?: number): void {
    if (id === undefined) {
      this.#cancelled = true
      for (const thread of [...this.#live.values()]) this.cancelThread(thread)
    } else {
      const thread = this.#live.get(id)
      if (thread) this.cancelThread(thread)
    }
  }

  /** Stops all threads where they are, and tells nobody but their steps. */
  halt(): void {
    for (const thread of this.#live.values()) {
      thread.state = 'ended'
      thread.cancel.cancel()
      thread.ended?.cancel()
    }
  }

  /** Stops one thread and its branches. A step that runs is told, and given a while to let go. */
  cancelThread(thread: Thread): void {
    if (thread.state === 'ended' || thread.cancel.cancelled) return
    thread.cancel.cancel()
    for (const branch of thread.branches ? [...thread.branches] : []) this.cancelThread(branch)
    if (!thread.busy && thread.state === 'running') {
      this.end(thread, 'cancelled')
      return
    }
    const { clock, pace } = this.#options
    const ended = (): void => undefined
    pace.whenLive(() => void clock.sleep(cancelGrace, endOf(thread)).then(() => this.end(thread, 'cancelled'), ended))
  }

  /**
   * Stops the branches of `calls`, which `thread` has left before their end, and of a call for whose last branches it
   * was waiting.
   */
  leave(thread: Thread, calls: readonly Call[]): void {
    for (const { branch } of this.#live.values())
      if (branch?.fork.call.ending?.thread === thread) {
        calls = [...calls, branch.fork.call]
        branch.fork.call.ending = undefined
        thread.state = 'running'
      }
    for (const other of [...this.#live.values()])
      if (other.branch && calls.includes(other.branch.fork.call)) this.cancelThread(other)
  }

  /** How the thread with this number ended, once it has. Rejects with Cancelled when `signal` is given first. */
  whenEnded(id: number, signal: CancelSignal): Promise<ThreadResult> {
    const thread = this.#live.get(id)
    const result = this.#results.get(id)
    if (result) return Promise.resolve(result)
    return new Promise((resolve, reject) => {
      if (!thread) {
        reject(new StepFailure('thread-unknown', runMessages.threadUnknown(id)))
        return
      }
      const forget = signal.onCancel(() => {
        reject(new Cancelled())
      })
      endOf(thread).onCancel(() => {
        forget()
        resolve(this.#results.get(id) ?? { end: 'completed', outcome: '', outputs: {} })
      })
    })
  }

  end(thread: Thread, end: ThreadEnd, how: Ending = {}): void {
    if (thread.state === 'ended') return
    thread.state = 'ended'
    this.#running--
    this.#live.delete(thread.id)
    const { result, error } = how
    if (thread.kind !== 'branch') {
      const { outcome = '', outputs = {} } = result ?? {}
      this.#results.set(thread.id, { end, outcome, outputs, ...(error && { error }) })
    }
    this.#options.recorder.record(endOfThread(thread, end, how))
    thread.ended?.cancel()
    const { owner } = thread
    owner?.branches?.delete(thread)
    for (const branch of thread.branches ?? []) {
      branch.owner = owner
      if (owner) (owner.branches ??= new Set()).add(branch)
    }
    if (thread.kind === 'main') {
      this.#mainEnd = end
      this.#mainError = error
      if (error) this.#giveReply({ kind: 'failed', error })
      else if (end === 'cancelled') this.#giveReply({ kind: 'cancelled' })
    } else if (thread.kind === 'background') this.#backgroundError ??= error
    else this.#options.onBranchEnded(thread, end, how)
    // The end of a branch may have been the end of all, and then it is settled by now.
    if (this.#running === 0 && !this.#settling) this.#settle()
  }

  /**
   * Ends the main thread with the run's reply, once what went to the background cannot be lost any more. False: it
   * could not be given, because the journal failed or the thread was cancelled meanwhile.
   */
  reply(thread: Thread, reply: CallReply): boolean | Promise<boolean> {
    thread.state = 'waiting'
    if (this.#backgrounds === 0) return this.#replyNow(thread, reply)
    const { journal, pace } = this.#options
    return pace
      .after(thread.id, () => journal.durable())
      .then(
        () => this.#replyNow(thread, reply),
        (problem: unknown) => {
          this.end(thread, 'failed', { error: journalFailure(problem) })
          return false
        }
      )
  }

  #replyNow(thread: Thread, { outcome, step, outputs }: CallReply): boolean {
    if (thread.cancel.cancelled) {
      this.end(thread, 'cancelled')
      return false
    }
    this.#options.recorder.record({ event: 'Replied', thread: thread.id, outcome, step, outputs })
    this.#giveReply({ kind: 'replied', outcome, outputs })
    this.end(thread, 'completed', { result: { outcome, outputs } })
    return true
  }

  #giveReply(reply: RunReply): void {
    if (this.#replied) return
    this.#replied = true
    this.#options.onReply(reply)
  }

  #settle(): void {
    this.#settling = true
    const error = this.#mainError ?? this.#backgroundError
    const state = this.#settledState(error)
    this.#options.recorder.record({ event: 'RunSettled', state, ...(error && { error }) })
    const settled = (): void => {
      this.#options.onSettled({ state, ...(error && { error }) })
    }
    const closed = this.#options.journal.close()
    if (closed)
      void closed.then(settled, (problem: unknown) => {
        this.#options.onSettled({ state, error: journalFailure(problem) })
      })
    else settled()
  }

  #settledState(error: Failure | undefined): SettledState {
    if (this.#mainEnd === 'failed') return 'failed'
    if (this.#cancelled || this.#mainEnd === 'cancelled') return 'cancelled'
    return error ? 'background failed' : 'completed'
  }
}

function startOfThread(
  { id: thread, name, kind, frames: moved }: Thread,
  by: { readonly thread: Thread; readonly frame: Frame } | undefined
): RunFact {
  if (!by) return { event: 'ThreadStarted', thread, name, kind }
  const parent = by.thread.id
  const { id: frame, at } = by.frame
  const { id: step } = at
  if (moved.length === 0) return { event: 'ThreadStarted', thread, name, kind, parent, frame, step }
  const frames = moved.map((one) => one.id)
  return { event: 'ThreadStarted', thread, name, kind, parent, frame, step, frames }
}

function endOfThread({ id: thread, kind }: Thread, end: ThreadEnd, { result, error }: Ending): RunFact {
  if (!result || kind === 'branch') return { event: 'ThreadEnded', thread, end, ...(error && { error }) }
  return {
    event: 'ThreadEnded',
    thread,
    end,
    outcome: result.outcome,
    outputs: result.outputs,
    ...(error && { error })
  }
}
