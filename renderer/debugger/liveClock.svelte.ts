/** How far a run that goes on has come, in milliseconds since its start, anew for every frame that is drawn. */
export class LiveClock {
  #now = $state(0)
  /** The local time at which the run started, judged by its events, which only ever come late. */
  #start: number | undefined
  #frame: number | undefined
  readonly #calm: () => boolean

  /** `calm`: people who want little motion get a step a second. */
  constructor(calm: () => boolean = () => matchMedia('(prefers-reduced-motion: reduce)').matches) {
    this.#calm = calm
  }

  get now(): number {
    return this.#now
  }

  /** An event of the time `at` has come in at the local time `here`. */
  heard(at: number, here: number): void {
    this.#start = Math.min(this.#start ?? Infinity, here - at)
    if (at > this.#now) this.#now = at
  }

  /** Goes on by itself. Until an event is heard, the wall time of the run's start has to do. */
  run(startedAt: string): void {
    if (this.#frame !== undefined) return
    const guess = performance.now() - Math.max(0, Date.now() - Date.parse(startedAt))
    const tick = (here: number) => {
      const now = here - (this.#start ?? guess)
      if (now >= this.#now + (this.#calm() ? 1000 : 1)) this.#now = now
      this.#frame = requestAnimationFrame(tick)
    }
    this.#frame = requestAnimationFrame(tick)
  }

  /** Stands still, at `at`. */
  stop(at: number): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#frame = undefined
    this.#now = at
  }

  /** Begins again with another run. */
  reset(): void {
    this.stop(0)
    this.#start = undefined
  }
}
