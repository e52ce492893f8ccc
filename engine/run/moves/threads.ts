import {
  CancelSource,
  Cancelled,
  type CancelSignal,
  type Failure,
  type FrameResult,
  StepFailure,
  type StepId,
  type ThreadResult
} from '../../model/index.ts'
import { runMessages } from '../../messages/run.ts'
import type { FrameId, RunEvent, ThreadEnd, ThreadKind } from '../journal/event.ts'
import type { RunReply } from '../state/outcome.ts'
import type { RunContext } from '../state/runContext.ts'
import type { Call, CallReply, Frame, Thread } from '../state/thread.ts'
import { enqueue, giveUpWait, waitFor } from '../state/waiting.ts'
import { branchEnded } from './branches.ts'
import { fromOutside } from './pause.ts'
import { isKept } from './suspend.ts'

/** How a thread came to its end. */
export interface Ending {
  readonly result?: FrameResult
  readonly error?: Failure
  /** The step at which it failed, as its flow call sees it. */
  readonly from?: StepId
  /** Whether it ends together with the event before. */
  readonly atOnce?: boolean
}

/** Who starts a thread: the thread and the frame whose step does. */
export interface Starter {
  readonly thread: Thread
  readonly frame: Frame
}

/** How long a cancelled step may take to let go, in milliseconds. */
const cancelGrace = 5000

/** Starts a thread on `frames`; `by` is absent for the main thread. It is not in the queue yet. */
export function startThread(
  run: RunContext,
  kind: ThreadKind,
  frames: Frame[],
  by?: Starter,
  branch?: NonNullable<Thread['branch']> & { readonly name: string }
): Thread {
  const thread: Thread = {
    id: run.threadsStarted++,
    name:
      kind === 'main'
        ? 'Main'
        : kind === 'background'
          ? `Background ${String(++run.backgrounds)}`
          : (branch?.name ?? ''),
    kind,
    frames,
    cancelled: run.cancelled,
    ended: undefined,
    state: 'ready',
    before: undefined,
    after: undefined,
    queued: false,
    queuedBefore: undefined,
    wait: undefined,
    resume: undefined,
    released: false,
    yielded: false,
    steps: 0,
    fork: undefined,
    ending: undefined,
    branches: 0,
    owner: branch && by?.thread,
    branch
  }
  if (thread.owner) thread.owner.branches++
  run.threads.add(thread)
  run.recorder.recordNext(startOfThread(run, thread, by))
  return thread
}

/** The thread that has the frame with this number on its stack, and the frame. */
export function findFrame(run: RunContext, id: FrameId): Starter | undefined {
  for (const thread of run.threads.all()) {
    const frame = thread.frames.find((one) => one.id === id)
    if (frame) return { thread, frame }
  }
  return undefined
}

/** Stops the thread with this number, or all of them. What a step had done stays done. */
export function cancelThreads(run: RunContext, id?: number): void {
  if (id === undefined) {
    run.cancelled = true
    for (const thread of run.threads.all()) cancelThread(run, thread)
  } else {
    const thread = run.threads.find(id)
    if (thread) cancelThread(run, thread)
  }
}

/** Stops one thread and its branches. A step that runs is told, and given a while to let go. */
export function cancelThread(run: RunContext, thread: Thread): void {
  if (thread.state === 'ended' || thread.cancelled || run.replay?.isStopped(thread)) return
  thread.cancelled = true
  thread.wait?.stop()
  for (const { visit } of thread.frames) visit?.stop()
  for (const branch of branchesOf(run, thread)) cancelThread(run, branch)
  if (thread.state === 'ready') enqueue(run, thread)
  whenLive(run, () => {
    if (thread.state === 'ended') return
    const sleep = run.clock.sleep(cancelGrace, endOf(thread))
    const late = (): void => {
      fromOutside(run, () => {
        giveUpWait(run, thread)
        endThread(run, thread, 'cancelled')
      })
    }
    sleep.then(late, () => undefined)
  })
}

/** The branches that `thread` answers for, in the order in which they were started. */
function branchesOf(run: RunContext, thread: Thread): Thread[] {
  return thread.branches === 0 ? [] : run.threads.all().filter(({ owner }) => owner === thread)
}

/** Does `begin` now, or once the journal has been followed to its end: clocks that run beside the threads. */
export function whenLive(run: RunContext, begin: () => void): void {
  if (run.replay?.following) run.replay.whenLive(begin)
  else begin()
}

/**
 * Stops the branches of `calls`, which `thread` has left before their end, and of a call for whose last branches it
 * was waiting.
 */
export function leaveCalls(run: RunContext, thread: Thread, calls: readonly Call[]): void {
  const { ending } = thread
  const left = ending ? [...calls, ending.call] : calls
  if (ending) ending.call.ending = undefined
  thread.ending = undefined
  for (const other of run.threads.all())
    if (other.branch && left.includes(other.branch.fork.call)) cancelThread(run, other)
}

/** How the thread with this number ended, once it has. Rejects with Cancelled when `signal` is given first. */
export async function whenEnded(run: RunContext, id: number, signal: CancelSignal): Promise<ThreadResult> {
  const thread = run.threads.find(id)
  if (thread) await untilEnded(thread, signal)
  const result = run.results?.get(id)
  if (result) return result
  if (!thread) throw new StepFailure('thread-unknown', runMessages.threadUnknown(id))
  return { end: 'completed', outcome: '', outputs: {} }
}

/** Resolves when the thread has ended. Rejects with Cancelled when `signal` is given first. */
export async function untilEnded(thread: Thread, signal: CancelSignal): Promise<void> {
  if (signal.cancelled) throw new Cancelled()
  await new Promise<void>((resolve, reject) => {
    const forgetSignal = signal.onCancel(() => {
      forgetEnd()
      reject(new Cancelled())
    })
    const forgetEnd = endOf(thread).onCancel(() => {
      forgetSignal()
      resolve()
    })
  })
}

/** The thread is over; whoever waits for that goes on when its turn comes. */
export function endThread(run: RunContext, thread: Thread, end: ThreadEnd, how: Ending = {}): void {
  if (thread.state === 'ended') return
  thread.state = 'ended'
  thread.wait = undefined
  run.threads.remove(thread)
  const { result, error } = how
  if (thread.kind === 'background' || (thread.kind === 'main' && run.threads.size > 0)) {
    const { outcome = '', outputs = {} } = result ?? {}
    run.results ??= new Map()
    run.results.set(thread.id, { end, outcome, outputs, ...(error && { error }) })
  }
  run.recorder.recordNext(endOfThread(run, thread, end, how))
  thread.ended?.cancel()
  const { owner } = thread
  if (thread.branches > 0) for (const branch of branchesOf(run, thread)) branch.owner = owner
  if (owner) owner.branches += thread.branches - 1
  // What it was in the midst of is stopped with it.
  for (const { visit } of thread.frames) visit?.leave()
  if (thread.kind === 'main') {
    run.mainEnd = end
    run.mainError = error
    if (error) tellEnd(run, { kind: 'failed', error })
    else if (end === 'cancelled') tellEnd(run, { kind: 'cancelled' })
  } else if (thread.kind === 'background') run.backgroundError ??= error
  else branchEnded(run, thread, end, how)
}

/** Ends the main thread with the run's reply, which is told once neither it nor what went to the background can be lost. */
export function reply(run: RunContext, thread: Thread, given: CallReply): void {
  const { recorder, journal, replay } = run
  const { outcome, step, outputs } = given
  const { nextSeq: seq, nextAt: at } = recorder
  recorder.recordNext({ seq, at, event: 'Replied', thread: thread.id, outcome, step, outputs })
  const tell = (atOnce: boolean): void => {
    run.reply.give({ kind: 'replied', outcome, outputs })
    endThread(run, thread, 'completed', { result: given, atOnce })
  }
  if (!journal.durable && !replay?.following) tell(true)
  else
    whenDurable(run, thread, () => {
      tell(false)
    })
}

/** Tells the caller that there is no reply, once that cannot be lost. */
function tellEnd(run: RunContext, end: RunReply): void {
  if (!run.journal.durable) run.reply.give(end)
  else
    void isKept(run).then((kept) => {
      if (kept) run.reply.give(end)
    })
}

/**
 * The thread goes on with `then` once the journal cannot lose what has happened so far. The run is suspended when the journal
 * could not be written.
 */
export function whenDurable(run: RunContext, thread: Thread, then: () => void, untold = false): void {
  waitFor<unknown>(run, thread, {
    untold,
    begin: async () => {
      if (!(await isKept(run))) await new Promise(() => undefined)
    },
    told: () => undefined,
    then
  })
}

/** Given when the thread has ended. */
export function endOf(thread: Thread): CancelSource {
  if (!thread.ended) {
    thread.ended = new CancelSource()
    if (thread.state === 'ended') thread.ended.cancel()
  }
  return thread.ended
}

function startOfThread(
  { recorder }: RunContext,
  { id: thread, name, kind, frames: moved }: Thread,
  by: Starter | undefined
): RunEvent {
  const seq = recorder.nextSeq
  if (!by) return { seq, at: recorder.lastAt, event: 'ThreadStarted', thread, name, kind }
  const at = recorder.nextAt
  const parent = by.thread.id
  const { id: frame, at: start } = by.frame
  const { id: step } = start
  if (moved.length === 0) return { seq, at, event: 'ThreadStarted', thread, name, kind, parent, frame, step }
  const frames = moved.map((one) => one.id)
  return { seq, at, event: 'ThreadStarted', thread, name, kind, parent, frame, step, frames }
}

function endOfThread(
  { recorder }: RunContext,
  { id: thread, kind }: Thread,
  end: ThreadEnd,
  { result, error, atOnce }: Ending
): RunEvent {
  const seq = recorder.nextSeq
  const at = atOnce ? recorder.lastAt : recorder.nextAt
  if (result && kind !== 'branch') {
    const { outcome, outputs } = result
    return { seq, at, event: 'ThreadEnded', thread, end, outcome, outputs }
  }
  return error ? { seq, at, event: 'ThreadEnded', thread, end, error } : { seq, at, event: 'ThreadEnded', thread, end }
}
