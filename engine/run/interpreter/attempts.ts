import { runMessages } from '../../messages/run.ts'
import { CancelSource, type Clock, type Failure, type Retry, StepFailure } from '../../model/index.ts'
import type { Forks } from './forks.ts'
import type { Frames } from './frames.ts'
import type { Pace } from '../schedule/pace.ts'
import type { Recorder } from '../journal/recorder.ts'
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
  readonly pace: Pace
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
    const { clock, pace, recorder } = this.#moves
    const wait = Math.round(retry.wait * 1000 * retry.factor ** (visit.attempt - 1))
    const attempt = visit.attempt + 1
    recorder.record({ event: 'StepRetried', ...placeOf(thread, frame), error, attempt, wait })
    const due = recorder.now + wait
    visit.restart(due)
    const { turn } = thread
    const goOn = (): void => {
      if (thread.turn === turn && thread.state === 'waiting') thread.state = 'running'
    }
    thread.state = 'waiting'
    // Cancelled meanwhile: the thread finds out when it advances.
    return pace.after(thread.id, () => clock.sleep(Math.max(0, due - clock.now()), thread.cancel)).then(goOn, goOn)
  }

  /** Fails the visit when this attempt takes longer than `seconds`: what it has entered or forked is stopped. */
  limitTime(frame: Frame, visit: StepVisit, seconds: number): void {
    const { clock, pace, recorder } = this.#moves
    const over = new CancelSource()
    visit.ownSignal()
    visit.over = over
    const late = (): void => {
      const thread = visit.over === over && this.#moves.threads.holding(frame)
      if (!thread) return
      recorder.record({ event: 'StepTimedOut', ...placeOf(thread, frame) })
      this.timeOut(frame)
    }
    const due = recorder.at + (visit.startedAt - recorder.now) + seconds * 1000
    // The time during which nobody carried the run does not count.
    pace.whenLive(() => void clock.sleep(Math.max(0, due - recorder.at), over).then(late, () => undefined))
  }

  /** The time of the visit that `frame` is in is over. */
  timeOut(frame: Frame): void {
    const { threads, frames, forks } = this.#moves
    const thread = threads.holding(frame)
    const { visit, at } = frame
    if (!thread || !visit) return
    const calls = thread.frames
      .slice(thread.frames.indexOf(frame) + 1)
      .flatMap((one) => (one.kind === 'flow' ? [one.call] : []))
    frames.popTo(thread, frame)
    forks.abandon(thread)
    threads.leave(thread, calls)
    thread.state = 'running'
    thread.turn++
    thread.busy = false
    visit.stop()
    const seconds = at.step.timeout ?? 0
    const wait = this.#moves.fail(thread, new StepFailure('step-timeout', runMessages.timedOut(at.step.name, seconds)))
    void Promise.resolve(wait).then(() => {
      this.#moves.advance(thread)
    })
  }
}
