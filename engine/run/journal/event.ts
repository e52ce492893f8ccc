import type {
  BegunItem,
  DoubtHandling,
  Failure,
  Flow,
  FlowId,
  LogLevel,
  ProgressItem,
  Recording,
  StepId,
  Value,
  ValueRecord
} from '../../model/index.ts'

/** Numbers the threads of a run; the main thread is 0. */
export type ThreadId = number

/** Numbers the frames of a run; the frame of the top-level flow is 0. */
export type FrameId = number

export type ThreadKind = 'main' | 'branch' | 'background'

/** How a thread ended. `detached`: Go Async moved its frames to a background thread, so that it had nothing left to do. */
export type ThreadEnd = 'completed' | 'failed' | 'cancelled' | 'detached'

/** How a run stands once nothing of it is running any more. */
export type SettledState = 'completed' | 'failed' | 'background failed' | 'cancelled'

/** Where the flow's file and its sub-flows' stood when the run began, relative to the Designer Folder. */
export type RunFlows = Readonly<Record<string, Flow>>

/** A visit of a step, as events that are not its own name it: the newest one of this step in this frame. */
export interface VisitPlace {
  readonly thread: ThreadId
  readonly frame: FrameId
  readonly step: StepId
}

/** What an event tells, apart from when and in what order. Past tense: a fact, never changed once written. */
export type RunFact =
  | {
      readonly event: 'RunStarted'
      readonly run: string
      /** Key into `flows` of the flow that was called. */
      readonly flow: string
      /** The flow and all its sub-flows as they were, so that later edits cannot change the story. */
      readonly flows: RunFlows
      readonly inputs: ValueRecord
      /** Wall time, ISO 8601. */
      readonly startedAt: string
      /** How much of it is recorded; full when absent. */
      readonly recording?: Recording
    }
  | {
      readonly event: 'ThreadStarted'
      readonly thread: ThreadId
      /** 'Main', 'Background 1', ... */
      readonly name: string
      readonly kind: ThreadKind
      /** The thread, frame and step that started it; absent for main. */
      readonly parent?: ThreadId
      readonly frame?: FrameId
      readonly step?: StepId
      /** The frames that moved to a background thread, outermost first. */
      readonly frames?: readonly FrameId[]
    }
  | {
      readonly event: 'FrameEntered'
      readonly thread: ThreadId
      readonly frame: FrameId
      /** The frame of the step that entered it; absent for the top-level flow. */
      readonly parent?: FrameId
      readonly step?: StepId
      readonly flow: FlowId
      /** Key into the flows of RunStarted; absent for a body, which runs in its parent's flow. */
      readonly path?: string
      readonly inputs: ValueRecord
    }
  | {
      readonly event: 'StepStarted'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly inputs: ValueRecord
    }
  | {
      readonly event: 'StepProgressed'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly done: number
      readonly total: number
      readonly item?: ProgressItem
    }
  /** Something that must not happen twice is about to: on one of the step's items, or as a whole. */
  | {
      readonly event: 'EffectBegun'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly item?: BegunItem
    }
  | {
      readonly event: 'StepCompleted'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly outcome: string
      readonly outputs: ValueRecord
    }
  | {
      readonly event: 'StepFailed'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly error: Failure
      /** Whether the flow goes on along On Exception. */
      readonly handled: boolean
    }
  /** The step failed and is tried again after `wait` milliseconds. */
  | {
      readonly event: 'StepRetried'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly error: Failure
      /** The attempt that comes next; the first one is 1. */
      readonly attempt: number
      readonly wait: number
    }
  | {
      readonly event: 'VariableSet'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly variable: string
      readonly value: Value
      /** It is a list, and `value` was added to its end: a long list is not told again with each item. */
      readonly added?: true
    }
  | {
      readonly event: 'SignalSent'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly signal: string
      readonly value: Value
      /** Nobody waited for it, and it was not to be kept. */
      readonly dropped?: true
    }
  /** Somebody outside gave the run a signal. */
  | { readonly event: 'SignalReceived'; readonly signal: string; readonly value: Value }
  /** A step that waited for the signal has got it. */
  | {
      readonly event: 'SignalTaken'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly signal: string
    }
  /** The step's time was over; it fails with what it had entered. */
  | { readonly event: 'StepTimedOut'; readonly thread: ThreadId; readonly frame: FrameId; readonly step: StepId }
  /** A body has ended, and the step's inputs were worked out anew: told where they might be others later. */
  | {
      readonly event: 'InputsRefreshed'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly inputs: ValueRecord
    }
  /** Go Async has worked out what its caller gets: told where it might be something else later. */
  | {
      readonly event: 'ReplyPrepared'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly outputs: ValueRecord
    }
  /** The thread let others have their turn that were under way too, after having taken so many steps in all. */
  | { readonly event: 'ThreadYielded'; readonly thread: ThreadId; readonly steps: number }
  /**
   * The thread has waited and goes on beside others, with steps of which nothing may be recorded: told where only some steps
   * are, since what it reads and sets depends on when that is.
   */
  | { readonly event: 'ThreadWentOn'; readonly thread: ThreadId }
  /** Somebody outside wants a thread to stop, or all of them; or a step does, which is named then. */
  | {
      readonly event: 'CancelRequested'
      readonly target?: ThreadId
      readonly thread?: ThreadId
      readonly frame?: FrameId
      readonly step?: StepId
    }
  /** The process had ended before the run was settled, and another one goes on from its journal. */
  | {
      readonly event: 'RunResumed'
      /** Wall time, ISO 8601. */
      readonly resumedAt: string
      /** How many processes have carried the run, this one included. */
      readonly epoch: number
      /** What happens to effects of which nobody knows whether they happened. */
      readonly inDoubt: DoubtHandling
    }
  /**
   * The run was settled as failed, and goes on from where it failed. What these threads did by their failure is taken back: the
   * frames are not left, the threads not ended. What they had done before stays done.
   */
  | {
      readonly event: 'RunRetried'
      /** Wall time, ISO 8601. */
      readonly retriedAt: string
      /** The threads that go on: those that had failed, and those that were stopped because of it. */
      readonly threads: readonly ThreadId[]
      /** The frames that they are in again, in full recording. */
      readonly frames: readonly FrameId[]
      /** The steps that had failed and are attempted again. */
      readonly steps: readonly VisitPlace[]
      /** The visits that are under way again, as far as they were recorded as begun. */
      readonly visits: readonly VisitPlace[]
    }
  | {
      readonly event: 'FrameLeft'
      readonly thread: ThreadId
      readonly frame: FrameId
      /** The outcome of the flow call; absent when the frame ended without an End Step. */
      readonly outcome?: string
      readonly outputs?: ValueRecord
    }
  /** The run's caller got control back. */
  | {
      readonly event: 'Replied'
      readonly thread: ThreadId
      readonly outcome: string
      /** The End Step of that outcome. */
      readonly step: StepId
      readonly outputs: ValueRecord
    }
  /** A sub-flow's caller got control back while the rest of the sub-flow goes on in the background. */
  | {
      readonly event: 'FrameReplied'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly outcome: string
      readonly step: StepId
      readonly outputs: ValueRecord
    }
  | {
      readonly event: 'Logged'
      readonly thread: ThreadId
      readonly frame: FrameId
      readonly step: StepId
      readonly level: LogLevel
      readonly message: string
      /** The signals that the step waits for and that nothing left in the run can send. */
      readonly awaits?: readonly string[]
    }
  | {
      readonly event: 'ThreadEnded'
      readonly thread: ThreadId
      readonly end: ThreadEnd
      /** The End Step's name, when one was reached. */
      readonly outcome?: string
      readonly outputs?: ValueRecord
      readonly error?: Failure
    }
  | { readonly event: 'RunSettled'; readonly state: SettledState; readonly error?: Failure }

/**
 * One line of a run's journal. `seq` counts from 1 without gaps; `at` is in milliseconds since the run started
 * (three decimals at most).
 */
export type RunEvent = RunFact & { readonly seq: number; readonly at: number }

export type EventName = RunEvent['event']

/** Whether nothing of the run is running any more, nor was begun again. */
export const isSettled = (events: readonly RunEvent[]): boolean =>
  events.findLast(({ event }) => event === 'RunSettled' || event === 'RunRetried')?.event === 'RunSettled'
