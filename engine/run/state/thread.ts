import type { Body, BranchResult, CancelSource, Failure, FlowCall, FrameResult, StepId } from '../../model/index.ts'
import type { CompiledFlow, CompiledStep, StartableFlow } from '../compile/compiledFlow.ts'
import type { FlowData, Locals, Reader } from '../compile/flowData.ts'
import type { StepOutputs } from '../compile/stepOutputs.ts'
import type { FrameId, ThreadId, ThreadKind } from '../journal/event.ts'
import type { Passes } from './passes.ts'
import type { Visit } from './visit.ts'

/** One call of one flow. Go Async gives its background thread a copy that is `inBackground`. */
export interface Call {
  readonly flow: CompiledFlow
  /** Whether the caller has control back. */
  readonly inBackground: boolean
  /** 1 for the top-level flow. */
  readonly depth: number
  /** Branches of this call that have not ended. */
  branches: number
  /** The first End Step that was reached in a branch. The call ends with it once no branch is left. */
  early: CallReply | undefined
  /** The thread that has reached an End Step, or Go Async, and waits for the last branches. */
  ending: Thread | undefined
}

/** What a caller gets. */
export interface CallReply extends FrameResult {
  /** The End Step of the outcome. */
  readonly step: StepId
}

/** One level of a thread's stack: a flow call, or the steps behind an outcome of the step below (a body). */
export interface Frame {
  readonly id: FrameId
  call: Call
  /** What its steps read and write: the call's, but that each branch has outputs of steps of its own. */
  data: FlowData
  kind: 'flow' | 'body'
  readonly locals: Locals | undefined
  at: CompiledStep
  /** The visit of `at` that has begun and not ended. */
  visit: Visit | undefined
  /** A visit that has ended and that nobody holds any more, for the next one. */
  spare: Visit | undefined
  /** How often each step was passed, by its index. */
  readonly passes: Passes
  /** The visit that entered this frame. */
  readonly enteredBy: Visit | undefined
  /** What tells this frame from others that the same visit entered; negative where there is nothing to tell it from. */
  readonly branchIndex: number
  /** A body: the step whose outcome it is behind. */
  readonly owner: CompiledStep | undefined
  /** A branch: where it meets the others. */
  readonly join: CompiledStep | undefined
  /** A body: the value it gives when it ends. */
  readonly collect: Reader | undefined
  readonly keep: boolean
  /** What the next visit is given: the failure a Catch Exception handles, the branches that lead to a Join. */
  caught: Failure | undefined
  joined: readonly BranchResult[] | undefined
}

/**
 * What a thread does:
 *
 * - `ready`    it goes on when its turn comes;
 * - `waiting`  for something that comes from outside: its `wait` says what happens then;
 * - `forked`   it waits for the branches of its `fork`;
 * - `ending`   it has reached an End Step, or Go Async, and waits for the last branches of the call: see `ending`;
 * - `ended`.
 */
export type ThreadState = 'ready' | 'waiting' | 'forked' | 'ending' | 'ended'

/** One line of execution. Moves change it; it does nothing by itself. */
export interface Thread {
  readonly id: ThreadId
  readonly name: string
  readonly kind: ThreadKind
  /** Outermost first; the last one is where the thread is. */
  frames: Frame[]
  /** Whether it was stopped: it ends when its turn comes. */
  cancelled: boolean
  /** Given when the thread has ended; made when somebody wants to know. */
  ended: CancelSource | undefined
  state: ThreadState
  /** Its neighbours among the threads of the run. */
  before: Thread | undefined
  after: Thread | undefined
  /** Whether it is in the queue of the run, and the one whose turn comes after it there. */
  queued: boolean
  queuedBefore: Thread | undefined
  /** What it waits for from outside. What comes for an earlier wait comes too late. */
  wait: Wait | undefined
  /** What happens first at its next turn: what it waited for has come. May throw what its step failed with. */
  resume: (() => void) | undefined
  /** Whether a debugger has held it before the step it is at, and lets it go. */
  released: boolean
  /** Whether the journal tells of the hold. */
  yielded: boolean
  /** How many steps it has taken. */
  steps: number
  /** The branches it waits for. */
  fork: ForkWait | undefined
  /** What it does once the last branch of the call has ended. */
  ending: CallEnding | undefined
  /** How many branches it answers for: those that it has started, and those of its branches that have ended. */
  branches: number
  /** Who answers for it: it is stopped with that thread. */
  owner: Thread | undefined
  /** A branch's place in the fork it belongs to. */
  readonly branch: { readonly fork: ForkWait; readonly index: number } | undefined
}

/** A wait for something that comes from outside the run. */
export interface Wait {
  /** Lets what is waited for begin. */
  begin(): void
  /** While a journal is followed: goes on with what that tells came of it. */
  follow(): void
  /** Tells what is waited for that nobody wants it any more. */
  stop(): void
}

/** The end of a call that has to wait for its last branches. */
export interface CallEnding {
  readonly call: Call
  readonly reply: CallReply
  /** Go Async has moved the call's own frame away: it has this number. */
  readonly moved: number | undefined
}

/** A thread's wait for the branches it forked. */
export interface ForkWait {
  readonly thread: Thread
  readonly call: Call
  readonly threads: Thread[]
  readonly results: BranchResult[]
  readonly branches: readonly (FlowCall | Body)[]
  /** By branch: the flow that it calls. */
  readonly flows: readonly (StartableFlow | undefined)[]
  /** How many branches have been started, or will not be. */
  started: number
  running: number
  /** The outputs of steps as they were when it forked. */
  readonly before: StepOutputs
  /** By branch: the data it works on. */
  readonly data: (FlowData | undefined)[]
  readonly atMost: number
  readonly join: CompiledStep | undefined
  /** Whether the branches are paths of a Parallel, which meet at its Join. */
  readonly meets: boolean
  readonly stopOnFailure: boolean
  readonly cancelRest: boolean
  /** How many branches have to arrive at the Join, or to end well. */
  needed: number
  /** How the branches ended that have come to the Join, or, where so many of them are enough, well. */
  readonly arrived: FrameResult[]
  /** The failure of the first branch that failed, and the step at which it did. */
  error: Failure | undefined
  from: StepId | undefined
  /** How many branches have gone to the background. */
  gone: number
  /** The End Step that one of its branches has reached. */
  early: CallReply | undefined
  /** What Go Async in the first branch that went to the background gives to the caller, should none be left. */
  reply: CallReply | undefined
}

/** The frame a thread is in. */
export function topOf(thread: Thread): Frame {
  const frame = thread.frames[thread.frames.length - 1]
  if (!frame) throw new Error(`The thread “${thread.name}” has no frame left`)
  return frame
}

/** Where a thread is, as events say it. */
export function placeOf(
  thread: { readonly id: ThreadId },
  frame: Pick<Frame, 'id' | 'at'>
): { thread: ThreadId; frame: FrameId; step: StepId } {
  return { thread: thread.id, frame: frame.id, step: frame.at.id }
}
