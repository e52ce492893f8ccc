import {
  type Body,
  type BranchResult,
  CancelSource,
  type Failure,
  type FlowCall,
  type FrameResult,
  type StepId,
  type ValueRecord
} from '../../model/index.ts'
import type { CompiledFlow, CompiledStep } from '../compile/compiledFlow.ts'
import type { FrameId, ThreadId, ThreadKind } from '../journal/event.ts'
import type { FlowData, Locals, Reader } from '../compile/flowData.ts'
import type { StepVisit } from './stepVisit.ts'

/** One call of one flow. Go Async gives its background thread a copy that has `replied`. */
export interface Call {
  readonly flow: CompiledFlow
  /** Whether the caller has control back; then this call works in the background. */
  readonly replied: boolean
  /** 1 for the top-level flow. */
  readonly depth: number
  /** Branches of this call that have not ended. */
  branches: number
  /** The first End Step that was reached in a branch. The call ends with it once no branch is left. */
  early: CallReply | undefined
  /** The thread that has reached an End Step and waits for the last branches. */
  ending: { readonly thread: Thread; go(): void } | undefined
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
  visit: StepVisit | undefined
  /** A visit that has ended and that nobody holds any more, for the next one. */
  spare: StepVisit | undefined
  /** How often each step was passed, by its index. */
  readonly passes: number[]
  /** The visit that entered this frame, and what tells this frame from others it entered. */
  readonly entered: StepVisit | undefined
  readonly suffix: number
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

/** One line of execution. */
export interface Thread {
  readonly id: ThreadId
  readonly name: string
  readonly kind: ThreadKind
  /** Outermost first; the last one is where the thread is. */
  readonly frames: Frame[]
  readonly cancel: CancelSource
  /** Given when the thread has ended; made when somebody wants to know. */
  ended: CancelSource | undefined
  /** `waiting`: for branches, for another attempt, or for its reply to be durable. */
  state: 'running' | 'waiting' | 'ended'
  /** Whether somebody is moving it right now, or waits for its step. */
  busy: boolean
  /** How many steps it has taken, and at how many it is seen whether others should have their turn. */
  steps: number
  checkAt: number
  /** The steps it had taken when its turn began, and when that was; undefined when it has just begun. */
  turnFrom: number
  turnSince: number | undefined
  /** Counts the times it was moved by force; an answer to an earlier turn comes too late. */
  turn: number
  /** The branches it waits for. */
  fork: ForkWait | undefined
  /** The branches it has started that have not ended, and those of its own branches that have. */
  branches: Set<Thread> | undefined
  /** In whose `branches` it is. */
  owner: Thread | undefined
  /** A branch's place in the fork it belongs to. */
  readonly branch: { readonly fork: ForkWait; readonly index: number } | undefined
}

/** A thread's wait for the branches it forked. */
export interface ForkWait {
  readonly thread: Thread
  readonly call: Call
  readonly threads: Thread[]
  readonly results: BranchResult[]
  readonly branches: readonly (FlowCall | Body)[]
  /** How many branches have been started, or will not be. */
  started: number
  running: number
  /** The outputs of steps as they were when it forked. */
  readonly before: readonly (ValueRecord | undefined)[]
  /** By branch: the data it works on. */
  readonly data: (FlowData | undefined)[]
  readonly atMost: number
  /** Whether branches are being started right now. */
  filling: boolean
  readonly join: CompiledStep | undefined
  /** Whether the branches are paths of a Parallel, which meet at its Join. */
  readonly meets: boolean
  readonly stopOnFailure: boolean
  readonly cancelRest: boolean
  /** How many branches have to arrive at the Join. */
  needed: number
  /** How the branches ended that have come to the Join. */
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

/** What a caller gets. */
export interface CallReply extends FrameResult {
  /** The End Step of the outcome. */
  readonly step: StepId
}

/** Given when the thread has ended. */
export function endOf(thread: Thread): CancelSource {
  thread.ended ??= new CancelSource()
  return thread.ended
}

/** The frame a thread is in. */
export function topOf(thread: Thread): Frame {
  const frame = thread.frames[thread.frames.length - 1]
  if (!frame) throw new Error(`The thread “${thread.name}” has no frame left`)
  return frame
}

/** Where a thread is, as events say it. */
export function placeOf(
  thread: Pick<Thread, 'id'>,
  frame: Pick<Frame, 'id' | 'at'>
): { thread: ThreadId; frame: FrameId; step: StepId } {
  return { thread: thread.id, frame: frame.id, step: frame.at.id }
}
