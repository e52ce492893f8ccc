import type { FrameResult, Resumed, StepContext, Value, ValueRecord } from '../../model/index.ts'
import type { ThreadId } from '../journal/event.ts'
import type { CompiledStep } from '../compile/compiledFlow.ts'
import type { VisitRecord } from '../replay/visitRecord.ts'
import type { VisitEffects } from './effects.ts'
import type { PlacedSignal } from './signals.ts'

/** As much of a thread as its visits need. */
export interface VisitThread {
  readonly id: ThreadId
  readonly state: string
  readonly cancelled: boolean
}

/** One passage through one step: what the step is given, and what it keeps between the frames it enters. */
export interface Visit extends StepContext {
  inputs: ValueRecord
  dynamicInputs: ValueRecord
  state: Value | undefined
  result: FrameResult | undefined
  results: StepContext['results']
  resumed: Resumed | undefined
  /** The visit's place among all visits of the run. */
  readonly path: string
  /** How often the step had been passed in its frame, this time included. */
  readonly pass: number
  /** What the journal that is followed tells of the visit. */
  readonly record: VisitRecord | undefined
  /** Whether the frame that it entered may fail without failing the step. */
  catches: boolean
  /** Whether a body has ended since its inputs were worked out, and the step wants them anew. */
  stale: boolean
  /** Whether its attempt has a time limit that runs. */
  isLimited: boolean
  /** What has happened of it that must not happen twice; undefined while it has said nothing of the kind. */
  readonly effects: VisitEffects | undefined
  /** What it waits for of another thread, or of whoever sends signals; undefined for anything else. */
  awaits: Awaited | undefined
  /** Takes note of when it began, unless that was asked for already. */
  begun(): number
  /** Makes an ended visit of a pure step, which left no traces, the next one of the same frame. */
  again(at: CompiledStep, pass: number, inputs: ValueRecord): void
  /** Numbers the bodies that the visit enters one after another, from 0. */
  nextEntry(): number
  /** Adds the result of a body to those that are kept. */
  keep(result: FrameResult): void
  /** Go Async has moved the visit's frame to another thread. */
  moveTo(thread: VisitThread): void
  /** Whether it is what its frame is at: an attempt that was given up tells nothing more. */
  readonly isCurrent: boolean
  /** Gives its signal: the step is to let go. */
  stop(): void
  /** The time of its attempt is over. */
  timeOut(): void
  /** Another attempt of the visit, which begins at a wall time in milliseconds since 1970. This one is left. */
  nextAttempt(startsAt: number): Visit
  /** The visit had failed and is attempted again, from its first attempt on. This one is left. */
  attemptAgain(startsAt: number): Visit
  /** Its time limit does not count this time: its thread had ended, and goes on. */
  pauseFor(milliseconds: number): void
  readonly pausedFor: number
  /** The visit has taken a signal: it is its own once it is complete, and else given back. */
  take(signal: PlacedSignal): void
  giveBack(): void
  /** The visit, or its attempt, is over: nothing of it is under way any more, and its signal is given. */
  leave(completed?: boolean): void
}

/** What a visit waits for that is no business of the outside world. */
export type Awaited =
  | { readonly kind: 'thread'; readonly thread: number }
  | { readonly kind: 'signal'; readonly signals: readonly string[] }
