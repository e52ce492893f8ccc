import type { Clock, DoubtHandling, Failure, Services, StepDefinition, ThreadResult } from '../../model/index.ts'
import type { RunFlows, ThreadEnd, ThreadId } from '../journal/event.ts'
import type { Journal } from '../journal/journal.ts'
import type { Recorder } from '../journal/recorder.ts'
import type { Replay } from '../replay/replay.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Debugger } from './debugger.ts'
import type { EffectsUnderWay } from './effects.ts'
import type { Once } from './once.ts'
import type { RunReply, Settled } from './outcome.ts'
import type { Signals } from './signals.ts'
import type { Thread } from './thread.ts'
import type { Threads } from './threads.ts'

/** Where a run stops of itself. */
export interface Limits {
  /** How deep flows may call flows. */
  readonly callDepth: number
  /** How often one step may be passed in one frame. */
  readonly loopGuard: number
}

/** For how long the threads of a run have gone on without letting anything outside have its turn. */
export interface Turn {
  /** How many steps they have taken, and at how many it is looked at again. */
  steps: number
  checkAt: number
  /** When it was looked at first, by the time that has elapsed. */
  since: number | undefined
}

/** All that one run is given, and all that it is while it is carried: moves are functions on it. */
export interface RunContext {
  // ---- what it is given: it reaches nothing else

  readonly id: string
  readonly flows: RunFlows
  readonly definitions: ReadonlyMap<string, StepDefinition>
  readonly services: Services
  readonly clock: Clock
  readonly journal: Journal
  readonly recorder: Recorder
  /** In which order threads go on that have what they waited for; as it comes when undefined. */
  readonly schedule: Schedule | undefined
  readonly limits: Limits
  /** Whether a thread goes on after an effect only once the journal cannot lose it. */
  readonly strict: boolean
  /** What is done about effects that were cut off with the process before, where nothing else says it. */
  readonly inDoubt: DoubtHandling

  // ---- what it is

  readonly reply: Once<RunReply>
  readonly settled: Once<Settled>
  /** The threads that have not ended. */
  readonly threads: Threads
  /** The queue: threads whose turn has come. The one that was put there last goes first; it is this one. */
  ready: Thread | undefined
  /** Gives every thread in the queue its turn, until none is left. Does nothing while that is going on. */
  readonly drain: (run: RunContext) => void
  draining: boolean
  turn: Turn
  /** Whether nothing moves any more: the run has settled, or another process is to go on with it. */
  halted: boolean
  threadsStarted: number
  framesEntered: number
  backgrounds: number
  /** Whether the whole run was cancelled. */
  cancelled: boolean
  mainEnd: ThreadEnd | undefined
  mainError: Failure | undefined
  backgroundError: Failure | undefined
  /** How the threads ended that have, branches apart: others may wait for them. */
  results: Map<ThreadId, ThreadResult> | undefined
  signals: Signals | undefined
  effects: EffectsUnderWay | undefined
  /** Resolves once the run is suspended; undefined unless it is to be. */
  suspended: Promise<void> | undefined
  /** How many visits wait for a signal or for another thread. */
  innerWaits: number
  /** What somebody outside wants in the midst of a move: it is done once no thread is in the queue. */
  outside: readonly (() => void)[]
  /** The threads that pause, which the journal does not tell unless something else happens meanwhile. */
  paused: readonly Thread[]
  /** The journal that is followed first, while a run is resumed. */
  replay: Replay | undefined
  debugger: Debugger | undefined
}
