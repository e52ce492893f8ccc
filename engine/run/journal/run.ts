import type { BegunItem, Failure, FlowId, ProgressItem, StepId, ValueRecord } from '../../model/index.ts'
import type { FrameId, RunFlows, SettledState, ThreadEnd, ThreadId, ThreadKind } from './event.ts'

/** A run as its journal tells it so far: the fold of its events (see foldRun). Times are milliseconds since its start. */
export interface Run {
  readonly id: string
  /** Key into `flows`. */
  readonly flow: string
  readonly flows: RunFlows
  readonly inputs: ValueRecord
  /** Wall time, ISO 8601. */
  readonly startedAt: string
  /** The time of the newest event. */
  readonly at: number
  readonly seq: number
  readonly threads: readonly Thread[]
  readonly frames: readonly Frame[]
  /** Every visit of every step, in the order in which they began. */
  readonly visits: readonly Visit[]
  readonly log: readonly LogLine[]
  /** What the caller had; undefined while there is no reply. Never the same thing as settled. */
  readonly reply?: Reply
  /** How it stands once nothing is running any more; undefined until then. */
  readonly settled?: { readonly state: SettledState; readonly at: number; readonly error?: Failure }
  /** How often it was retried after it had failed; absent when it was not. */
  readonly retries?: number
}

export interface Thread {
  readonly id: ThreadId
  readonly name: string
  readonly kind: ThreadKind
  readonly parent?: ThreadId
  /** The step that started it. */
  readonly step?: StepId
  readonly startedAt: number
  readonly endedAt?: number
  readonly end?: ThreadEnd
  readonly outcome?: string
  readonly outputs?: ValueRecord
  readonly error?: Failure
}

export interface Frame {
  readonly id: FrameId
  readonly thread: ThreadId
  readonly parent?: FrameId
  /** The step of the parent frame that entered it. */
  readonly step?: StepId
  readonly flow: FlowId
  readonly path: string
  /** The steps behind an outcome of `step`, not a call of a flow; `inputs` are the values it adds. */
  readonly body?: boolean
  readonly inputs: ValueRecord
  /** The flow's variables as they were set last; absent for a body, and where the flow has none. */
  readonly variables?: ValueRecord
  readonly enteredAt: number
  readonly leftAt?: number
  readonly outcome?: string
  readonly outputs?: ValueRecord
  readonly reply?: Reply
}

/** One passage through one step. */
export interface Visit {
  readonly step: StepId
  readonly frame: FrameId
  readonly thread: ThreadId
  readonly state: 'running' | 'done' | 'failed' | 'cancelled'
  readonly startedAt: number
  readonly endedAt?: number
  readonly inputs: ValueRecord
  readonly outcome?: string
  readonly outputs?: ValueRecord
  readonly error?: Failure
  /** It failed, and the flow goes on along On Exception. */
  readonly handled?: boolean
  /** The time of its attempt was over. */
  readonly timedOut?: boolean
  readonly progress?: { readonly done: number; readonly total: number }
  /** The items on which an effect has begun: in doubt when the run is interrupted before they have ended. */
  readonly begun?: readonly BegunItem[]
  /** When it failed and was going to be tried again. */
  readonly retries?: readonly Retried[]
  /** The items that have changed, in the order in which they did. */
  readonly items: readonly (ProgressItem & { readonly at: number })[]
}

/** An attempt that failed and was not the last one. */
export interface Retried {
  /** The attempt that comes next; the first one is 1. */
  readonly attempt: number
  readonly at: number
  /** When that attempt begins. */
  readonly until: number
  readonly error: Failure
}

export interface Reply {
  readonly outcome: string
  /** The End Step of that outcome. */
  readonly step: StepId
  readonly outputs: ValueRecord
  readonly at: number
  /** The thread that was the caller's until then. */
  readonly thread: ThreadId
}

export interface LogLine {
  readonly at: number
  /** Absent for what came from outside. */
  readonly thread?: ThreadId
  readonly step?: StepId
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  readonly message: string
}
