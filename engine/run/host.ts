import type { Services } from '../model/index.ts'
import type { Journal } from './journal/journal.ts'
import type { Schedule } from './schedule/schedule.ts'

/**
 * All that a run stands on: the one seam between the interpreter and whoever carries runs. The host of this computer has
 * files behind it (engine/host); one in memory serves the tests; another one may have a cluster behind it, and runs the same
 * flow files as long as it keeps engine/testing/host/hostContract.ts.
 *
 * Where the verbs of a durable run are:
 *
 * - **a step with its effect and its key**: `StepDefinition.effect` says what becomes of a visit that was cut off,
 *   `StepContext.key` is the same at every attempt and after a resume, `StepContext.begin` puts the intent of an unsafe
 *   effect into the journal before it happens; an idempotent one happens once the journal keeps what it rests on. What came of each step is an event; resumeFlow reads it there instead of
 *   running the step again.
 * - **now, sleep, random**: `services.clock` and `services.random`. What a step made of them is in its event, also where a
 *   mapping reads the clock or runs a script: StepStarted, InputsRefreshed and ReplyPrepared keep what was worked out. A sleep
 *   counts from `StepContext.startedAt`, so that a resume makes it no longer.
 * - **detach**: the background thread's start and the reply are events, and the caller is told once `journal.durable` has both:
 *   nobody has a reply that could still be lost, or whose rest could.
 * - **call**: sub-flows run in the same run, by the flows that RunStarted has pinned. Nothing is looked up later.
 * - **wait for a signal**: RunHandle.signal and the step Send Signal give it, SignalReceived and SignalSent keep it, and
 *   SignalTaken says whose it is: for good once the visit that took it is complete, else it is given back.
 * - **all, race**: threads go on as `schedule` lets them. The order in which they did is the order of their events, and a resume
 *   keeps to it: a race is decided once.
 * - **cancelled**: RunHandle.cancel becomes the event CancelRequested, and `StepContext.signal` tells the step.
 * - **trace**: `RunOptions.onEvent` sees what the journal took. It decides nothing.
 */
export interface Host {
  readonly services: Services
  readonly journal: Journal
  /** In which order threads go on that have what they waited for; as it comes unless given. */
  readonly schedule?: Schedule
}
