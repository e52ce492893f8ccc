import type { FrameId, ThreadId } from './event.ts'
import type { Visit } from './run.ts'

/**
 * The visits of a run while events are being added to it. Finds the unfinished ones without looking at the others, however
 * many there are. The visits are replaced, never changed.
 */
export class VisitFold {
  readonly #visits: Visit[]
  /** Where the unfinished visits are, by frame, oldest first. */
  readonly #unfinished = new Map<FrameId, number[]>()
  /** The lists that were made here: nobody else has seen them yet, so they may grow. */
  readonly #own = new WeakSet()

  /** `visits` grows by what is added. */
  constructor(visits: Visit[]) {
    this.#visits = visits
    for (const [index, visit] of visits.entries()) this.#note(index, visit)
  }

  add(visit: Visit): void {
    this.#note(this.#visits.push(visit) - 1, visit)
  }

  /** Changes the newest unfinished visit that `at` speaks of; false when there is none. */
  change(
    at: { readonly frame: FrameId; readonly step: string; readonly thread: ThreadId },
    change: (visit: Visit) => Partial<Visit>
  ): boolean {
    const inFrame = this.#unfinished.get(at.frame) ?? []
    const place = inFrame.findLastIndex((index) => this.#visits[index]?.step === at.step)
    const index = inFrame[place] ?? -1
    const visit = this.#visits[index]
    if (!visit) return false
    const changed = { ...visit, ...change(visit), thread: at.thread }
    this.#visits[index] = changed
    if (changed.state !== 'running') inFrame.splice(place, 1)
    if (inFrame.length === 0) this.#unfinished.delete(at.frame)
    return true
  }

  /** The newest visit that `at` speaks of had ended, and is under way again as `change` gives it. */
  reopen(at: { readonly frame: FrameId; readonly step: string }, change: (visit: Visit) => Visit): void {
    const index = this.#visits.findLastIndex(({ frame, step }) => frame === at.frame && step === at.step)
    const ended = this.#visits[index]
    if (!ended || ended.state === 'running') return
    const { outcome: _, outputs: __, error: ___, handled: ____, endedAt: _____, ...visit } = change(ended)
    this.#visits[index] = { ...visit, state: 'running' }
    this.#note(index, { ...visit, state: 'running' })
  }

  /** A frame that is left takes its unfinished visits with it, such as a loop in whose body an End Step was reached. */
  endIn(frame: FrameId, endedAt: number): void {
    this.#end(frame, endedAt, () => true)
  }

  /** A thread that was stopped takes its unfinished visits with it. */
  endOf(thread: ThreadId, endedAt: number): void {
    for (const frame of this.#unfinished.keys()) this.#end(frame, endedAt, (visit) => visit.thread === thread)
  }

  /** `list` with `item` at its end. */
  longer<T>(list: readonly T[], item: T): readonly T[] {
    if (this.#isOwn(list)) {
      list.push(item)
      return list
    }
    const own = [...list, item]
    this.#own.add(own)
    return own
  }

  #isOwn<T>(list: readonly T[]): list is T[] {
    return this.#own.has(list)
  }

  #note(index: number, { state, frame }: Visit): void {
    if (state !== 'running') return
    const inFrame = this.#unfinished.get(frame)
    if (inFrame) inFrame.push(index)
    else this.#unfinished.set(frame, [index])
  }

  #end(frame: FrameId, endedAt: number, which: (visit: Visit) => boolean): void {
    const kept = (this.#unfinished.get(frame) ?? []).filter((index) => {
      const visit = this.#visits[index]
      if (!visit || !which(visit)) return true
      this.#visits[index] = { ...visit, state: 'cancelled', endedAt }
      return false
    })
    if (kept.length === 0) this.#unfinished.delete(frame)
    else this.#unfinished.set(frame, kept)
  }
}
