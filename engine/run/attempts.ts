import { runMessages } from '../messages/run.ts'
import { CancelSource } from '../model/cancelSignal.ts'
import { type Failure, StepFailure } from '../model/failure.ts'
import type { Clock } from '../model/services.ts'
import type { Retry } from '../model/step.ts'
import type { Forks } from './forks.ts'
import type { Frames } from './frames.ts'
import type { Recorder } from './recorder.ts'
import type { StepVisit } from './stepVisit.ts'
import { type Frame, type Thread, placeOf } from './thread.ts'
import type { Threads } from './threads.ts'

/** What attempts need of the interpreter, which alone moves threads. */
export interface AttemptMoves {
  readonly threads: Threads
  readonly frames: Frames
  readonly forks: Forks
  readonly clock: Clock
  readonly recorder: Recorder
  readonly advance: (thread: Thread) => void
  /** Fails the step on top; a promise while it waits for another attempt. */
  readonly fail: (thread: Thread, error: unknown) => Promise<void> | undefined
}

/** The attempts of steps that have a time limit, or are tried again when they fail. */
export class Attempts {
  readonly #moves: AttemptMoves

  constructor(moves: AttemptMoves) {
    this.#moves = moves
  }

  /** Another attempt, after a wait that grows. */
  again(thread: Thread, frame: Frame, visit: StepVisit, retry: Retry, error: Failure): Promise<void> {
    const { clock, recorder } = this.#moves
    const wait = Math.round(retry.wait * 1000 * retry.factor ** (visit.attempt - 1))
    visit.restart()
    const { attempt } = visit
    recorder.record({ event: 'StepRetried', ...placeOf(thread, frame), error, attempt, wait })
    const { turn } = thread
    const goOn = (): void => {
      if (thread.turn === turn && thread.state === 'waiting') thread.state = 'running'
    }
    thread.state = 'waiting'
    // Cancelled meanwhile: the thread finds out when it advances.
    return clock.sleep(wait, thread.cancel).then(goOn, goOn)
  }

  /** Fails the visit when this attempt takes longer than `seconds`: what it has entered or forked is stopped. */
  limitTime(frame: Frame, visit: StepVisit, seconds: number): void {
    const over = new CancelSource()
    const stop = visit.ownSignal()
    visit.over = over
    const late = (): void => {
      const thread = this.#moves.threads.holding(frame)
      if (thread && frame.visit === visit && visit.over === over) this.#stop(thread, frame, stop, seconds)
    }
    void this.#moves.clock.sleep(seconds * 1000, over).then(late, () => undefined)
  }

  #stop(thread: Thread, frame: Frame, stop: CancelSource, seconds: number): void {
    const { threads, frames, forks, fail, advance } = this.#moves
    const calls = thread.frames
      .slice(thread.frames.indexOf(frame) + 1)
      .flatMap((one) => (one.kind === 'flow' ? [one.call] : []))
    frames.popTo(thread, frame)
    forks.abandon(thread)
    threads.leave(thread, calls)
    thread.state = 'running'
    thread.turn++
    thread.busy = false
    stop.cancel()
    const wait = fail(thread, new StepFailure('step-timeout', runMessages.timedOut(frame.at.step.name, seconds)))
    void Promise.resolve(wait).then(() => {
      advance(thread)
    })
  }
}
