import type { StepDefinition } from '../../model/index.ts'
import type { RunFlows } from '../journal/event.ts'
import type { Host } from '../host.ts'
import type { Recorder } from '../journal/recorder.ts'
import type { Replay } from '../replay/replay.ts'
import type { RunReply, Settled } from './threads.ts'

/** Where a run stops of itself. */
export interface Limits {
  /** How deep flows may call flows. */
  readonly callDepth: number
  /** How often one step may be passed in one frame. */
  readonly loopGuard: number
}

/** All that one run is given: it reaches nothing else. */
export interface World extends Required<Host> {
  readonly run: string
  readonly flows: RunFlows
  readonly definitions: ReadonlyMap<string, StepDefinition>
  readonly recorder: Recorder
  readonly limits: Limits
  /** Whether a thread goes on after an effect only once the journal cannot lose it. */
  readonly strict: boolean
  /** The journal that is followed first, for a run that is resumed. */
  readonly replay: Replay | undefined
  onReply(reply: RunReply): void
  onSettled(settled: Settled): void
}
