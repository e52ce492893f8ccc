import { runMessages } from '../../messages/run.ts'
import { type DoubtHandling, StepFailure } from '../../model/index.ts'
import { type RunEvent, isSettled } from '../journal/event.ts'
import { Recorder } from '../journal/recorder.ts'
import { newRun } from '../queue/newRun.ts'
import { CarriedRun, type RunHandle } from '../queue/runHandle.ts'
import { compiledFlow } from '../compile/compileFlow.ts'
import { cancelThreads } from '../moves/threads.ts'
import { type RunOptions, beginRun } from '../startFlow.ts'
import { followJournal, giveBackSignals, passTold } from './followJournal.ts'
import { Replay, ReplayMismatch } from './replay.ts'
import type { RunRetried } from './retryEvent.ts'

/** A run to be gone on with: what it needs beside what its journal tells. */
export interface ResumeOptions extends Omit<
  RunOptions,
  'run' | 'flow' | 'flows' | 'inputs' | 'recording' | 'schedule'
> {
  /** All that the journal holds so far. What follows is added to `journal`. */
  readonly events: readonly RunEvent[]
  /** The run is settled, and a retry goes on with it: what the journal tells of that next. See `retryEvent`. */
  readonly retried?: RunRetried
  /** What is done about effects of which nobody knows whether they happened, where the step does not say it itself. */
  readonly inDoubt: DoubtHandling
  /** Whether it only comes to its end as cancelled: nothing begins that has not. */
  readonly cancel?: boolean
}

/**
 * Goes on with an interrupted run from its journal: with its main thread, if that had not replied, and with all background
 * threads, each from the step and the item it was at. Resolves once the run is live.
 *
 * Rejects with StepFailure `journal-empty`, `run-settled`, or `replay-mismatch` when the steps of this version do not make
 * the moves that the journal tells of; nothing has run then.
 */
export async function resumeFlow(options: ResumeOptions): Promise<RunHandle> {
  const { events: held, retried, inDoubt, services, journal, onEvent, cancel = false } = options
  const events = retried ? [...held, retried] : held
  const [started] = events
  const last = held.at(-1)
  if (started?.event !== 'RunStarted' || !last) throw new StepFailure('journal-empty', runMessages.journalEmpty)
  const { run: id, flow, flows, inputs, recording = 'full' } = started
  if (isSettled(events)) throw new StepFailure('run-settled', runMessages.alreadySettled(id))
  const recorder = new Recorder({ clock: services.clock, journal, recording, watch: onEvent, onto: last })
  const run = newRun({ ...options, run: id, flows }, recorder)
  const epoch = events.filter(({ event }) => event === 'RunResumed').length + 2
  const replay = new Replay(
    events,
    (event) => {
      passTold(run, event)
    },
    (lastLines) => {
      recorder.goLive(last.at, lastLines)
      if (retried) recorder.record(retried)
      const resumedAt = new Date(services.clock.now()).toISOString()
      recorder.record({ event: 'RunResumed', resumedAt, epoch, inDoubt })
      giveBackSignals(run)
      if (!cancel) return
      recorder.record({ event: 'CancelRequested' })
      cancelThreads(run)
    }
  )
  recorder.follow(replay)
  run.replay = replay
  try {
    beginRun(run, flow, compiledFlow(flow, flows, run.definitions), inputs)
    run.drain(run)
    followJournal(run, replay)
  } catch (error) {
    recorder.stop()
    await journal.close()
    if (error instanceof ReplayMismatch) throw new StepFailure('replay-mismatch', error.message)
    throw error
  }
  return new CarriedRun(run)
}
