import type { CancelSource } from '../model/cancelSignal.ts'
import type { Failure } from '../model/failure.ts'
import type { StepId } from '../model/step.ts'
import type { FrameResult } from '../model/transition.ts'
import type { Value, ValueRecord } from '../model/value.ts'
import type { CompiledFlow, CompiledStep } from './compileFlow.ts'
import type { EvaluatedInputs } from './evaluateInputs.ts'
import type { FrameId, ThreadId, ThreadKind } from './event.ts'
import type { FlowData } from './flowData.ts'

/** One call of one flow. Go Async gives its background thread a copy that has `replied`. */
export interface Call {
  readonly flow: CompiledFlow
  readonly data: FlowData
  /** Whether the caller has control back; then this call works in the background. */
  readonly replied: boolean
  /** 1 for the top-level flow. */
  readonly depth: number
}

/** One level of a thread's stack: a flow call, or the steps behind an outcome of the step below (a body). */
export interface Frame {
  readonly id: FrameId
  call: Call
  /** Names the frame the same way in every repetition of the run. */
  readonly key: string
  readonly kind: 'flow' | 'body'
  /** The values that bodies add, innermost last. */
  readonly locals: readonly ValueRecord[]
  at: CompiledStep
  /** The visit of `at` that has begun and not ended. */
  visit: Visit | undefined
  readonly passes: Map<StepId, number>
}

/** What a step keeps while it runs, and between the frames it enters. */
export interface Visit {
  readonly inputs: EvaluatedInputs
  readonly key: string
  state: Value | undefined
  result: FrameResult | undefined
  results: readonly (FrameResult | undefined)[] | undefined
}

/** One line of execution. */
export interface Thread {
  readonly id: ThreadId
  readonly name: string
  readonly kind: ThreadKind
  /** Outermost first; the last one is where the thread is. */
  readonly frames: Frame[]
  readonly cancel: CancelSource
  /** Given when the thread has ended. */
  readonly ended: CancelSource
  /** `waiting`: for the branches it forked, or for its reply to be durable. */
  state: 'running' | 'waiting' | 'ended'
  /** Whether somebody is moving it right now, or waits for its step. */
  busy: boolean
  /** A branch's place in the fork it belongs to. */
  readonly branch: { readonly fork: ForkWait; readonly index: number } | undefined
}

/** A thread's wait for the branches it forked. */
export interface ForkWait {
  readonly thread: Thread
  readonly threads: Thread[]
  /** By branch; undefined for one that went to the background. */
  readonly results: (FrameResult | undefined)[]
  pending: number
  /** The failure of the first branch that failed. */
  error: Failure | undefined
  /** What Go Async in the first branch that went to the background gives to the caller, should all of them go. */
  reply: CallReply | undefined
}

/** What a caller gets. */
export interface CallReply extends FrameResult {
  /** The End Step of the outcome. */
  readonly step: StepId
}

/** The frame a thread is in. */
export function topOf(thread: Thread): Frame {
  const frame = thread.frames.at(-1)
  if (!frame) throw new Error(`The thread “${thread.name}” has no frame left`)
  return frame
}
