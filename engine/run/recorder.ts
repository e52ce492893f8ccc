import type { Clock } from '../model/services.ts'
import type { RunEvent, RunFact } from './event.ts'
import type { Journal } from './journal.ts'
import type { Replay } from './replay.ts'

/** Numbers and dates the facts of one run and hands them to its journal and to whoever watches. */
export class Recorder {
  readonly #clock: Clock
  readonly #journal: Journal
  readonly #watch: (event: RunEvent) => void
  #replay: Replay | undefined
  #startedAt: number
  #seq: number
  #stopped = false

  /** `onto`: the last event of the journal that is being added to. */
  constructor(clock: Clock, journal: Journal, watch: (event: RunEvent) => void, onto?: RunEvent) {
    this.#clock = clock
    this.#journal = journal
    this.#watch = watch
    this.#seq = onto?.seq ?? 0
    this.#startedAt = clock.elapsed() - (onto?.at ?? 0)
  }

  /** What `replay` tells already is not recorded again. */
  follow(replay: Replay): void {
    this.#replay = replay
  }

  /** Time passes from now on, after the journal was followed. */
  goOnFrom({ at }: RunEvent): void {
    this.#startedAt = this.#clock.elapsed() - at
  }

  /** Wall time in milliseconds since 1970; of the event that is being followed, while a journal is. */
  get now(): number {
    return this.#replay?.following ? this.#replay.wallTime : this.#clock.now()
  }

  /** Milliseconds that the run has been carried; of the event that is being followed, while a journal is. */
  get at(): number {
    return this.#replay?.following ? this.#replay.at : this.#clock.elapsed() - this.#startedAt
  }

  /** Nothing is recorded any more: another process is to go on from here. */
  stop(): void {
    this.#stopped = true
  }

  record(fact: RunFact): void {
    if (this.#stopped || this.#replay?.tells(fact)) return
    const at = Math.round((this.#clock.elapsed() - this.#startedAt) * 1000) / 1000
    const event: RunEvent = { seq: ++this.#seq, at, ...fact }
    this.#journal.append(event)
    this.#watch(event)
  }
}
