import type { Run } from '../../engine/index.ts'
import {
  type Limits,
  type Range,
  type Scale,
  type View,
  headRange,
  keepInside,
  makeScale,
  needsBreak,
  panView,
  wholeRange,
  zoomView
} from './scale.ts'

/** What the timeline is looking at: a run, and the time it has come to. */
export interface Watched {
  readonly run: Run
  /** Milliseconds since the run started; the end of a settled run. */
  readonly now: number
  /** When it will probably be settled. */
  readonly estimate: number | undefined
}

/** Which part of a run the timeline shows, and at which scale. Shows all of it, with room for more, until changed. */
export class TimelineView {
  /** Of the drawing, in pixels. */
  width = $state(1)
  #own = $state.raw<View>()
  #unfolded = $state(false)
  #tracking = $state(true)
  readonly #watched: () => Watched

  constructor(watched: () => Watched) {
    this.#watched = watched
  }

  readonly #replyAt = $derived.by(() => this.#watched().run.reply?.at)
  readonly #broken = $derived.by(() => !this.#unfolded && needsBreak(this.#replyAt, this.#watched().now))

  // Numbers, so that what depends on them is drawn anew only when they change, not in every frame of a live run.
  readonly #headEnd = $derived(headRange(this.#replyAt ?? 0).to)
  readonly #restEnd = $derived.by(() => wholeRange(this.#watched().now, this.#room()).to)
  readonly #limit = $derived.by(() => Math.max(this.#restEnd, Math.ceil((this.#watched().estimate ?? 0) / 2000) * 2000))
  /** How far an own view has to move so that now stays in it. */
  readonly #behind = $derived.by(() => {
    const { now } = this.#watched()
    if (!this.#own || !this.#tracking) return 0
    const { from, to } = this.#own.rest
    return Math.max(0, now - (to - (to - from) * 0.1))
  })

  readonly #view = $derived.by((): View => {
    if (this.#own) {
      const { rest } = this.#own
      const moved = { from: rest.from + this.#behind, to: rest.to + this.#behind }
      return this.#broken ? { head: this.#own.head ?? this.#head, rest: moved } : { rest: moved }
    }
    const rest = { from: 0, to: this.#restEnd }
    return this.#broken ? { head: this.#head, rest } : { rest }
  })
  readonly #scale = $derived(makeScale(this.#view, Math.max(100, this.width)))

  get scale(): Scale {
    return this.#scale
  }

  get view(): View {
    return this.#view
  }

  /** The end of everything that can be looked at, in milliseconds. */
  get limit(): number {
    return this.#limit
  }

  /** Whether the drawing has a break. */
  get broken(): boolean {
    return this.#broken
  }

  /** Whether it goes along with a live run. */
  get tracking(): boolean {
    return this.#tracking
  }

  get #head(): Range {
    return { from: 0, to: this.#headEnd }
  }

  get #limits(): Limits {
    return { head: this.#headEnd, end: this.#limit }
  }

  /** Goes along with the run again; what was magnified stays so. */
  track(): void {
    this.#tracking = true
  }

  /** Magnifies (factor over 1) about `x`. */
  zoom(factor: number, x: number): void {
    this.#own = zoomView(this.#view, this.#scale, x, factor, this.#limits)
    this.#tracking &&= this.#shows(this.#watched().now)
  }

  /** Moves the drawing `pixels` to the left, the piece under `x`. */
  pan(pixels: number, x: number): void {
    this.#own = panView(this.#view, this.#scale, x, pixels, this.#limits)
    this.#tracking = false
  }

  /** Shows `range` of the rest. */
  show(range: Range): void {
    this.#own = { ...this.#view, rest: keepInside(range, this.#limit) }
    this.#tracking = false
  }

  /** Everything, folded as at the beginning. */
  fit(): void {
    this.#own = undefined
    this.#unfolded = false
    this.#tracking = true
  }

  /** One linear drawing instead of two. */
  unfold(): void {
    this.#unfolded = true
  }

  #shows(time: number): boolean {
    const { from, to } = this.#own?.rest ?? this.#view.rest
    return time >= from && time <= to
  }

  /** A live run needs room to grow; a reply that ends a short drawing needs room for its words. */
  #room(): number {
    const { run, now } = this.#watched()
    if (run.reply && run.reply.at > now / 2) return 1.4
    return run.settled ? 1.02 : 1.15
  }
}
