import {
  type BegunItem,
  type DoubtHandling,
  type ProgressItem,
  type Resumed,
  type Step,
  wholeStep
} from '../../model/index.ts'
import { ownHandling } from '../journal/doubts.ts'

/** What has happened, of one visit, to the things that must not happen twice. */
export interface VisitEffects {
  /** How the items ended that have, by number. */
  readonly items: Map<number, ProgressItem>
  /** The items that had failed and are to be done again, by number. */
  readonly again: Set<number>
  /** The items on which this attempt has begun an effect. */
  readonly begun: Set<number>
  /** Those that this attempt had begun when its process ended, and what people want done about them. */
  readonly cutOff: Map<number, DoubtHandling>
  /** Those that attempts have left in doubt, and what is done about them. */
  readonly leftInDoubt: Map<number, DoubtHandling>
  /** The signals that this attempt had sent when its process ended, and has not sent again. */
  readonly sent: string[]
}

export const noEffects = (): VisitEffects => ({
  items: new Map(),
  again: new Set(),
  begun: new Set(),
  cutOff: new Map(),
  leftInDoubt: new Map(),
  sent: []
})

/** What a step needs to know to go on from there. */
export function resumedFrom({ items, again, cutOff, leftInDoubt }: VisitEffects, step: Step): Resumed {
  const own = ownHandling(step)
  const inDoubt = [...leftInDoubt, ...cutOff].filter(([index]) => !items.has(index))
  return {
    items: new Map(items),
    again: new Set(again),
    inDoubt: new Map(inDoubt.map(([index, handling]) => [index, own ?? handling]))
  }
}

/** An effect is about to begin: what had become of it earlier does not matter any more. */
export function beginEffect({ begun, cutOff, leftInDoubt }: VisitEffects, index: number): void {
  begun.add(index)
  cutOff.delete(index)
  leftInDoubt.delete(index)
}

/** The process has ended in the midst of the attempt, and another one makes it once more. */
export function cutAttemptOff({ begun, cutOff }: VisitEffects, handling: DoubtHandling): void {
  for (const index of [...cutOff.keys(), ...begun]) cutOff.set(index, handling)
  begun.clear()
}

/** The time of the attempt is over: what is under way may happen yet, and is not done again unless the step says so. */
export function timeAttemptOut({ begun, leftInDoubt }: VisitEffects): void {
  for (const index of begun) leftInDoubt.set(index, 'skip')
  begun.clear()
}

/**
 * The attempt has failed, and there is another one. What it had begun has ended with it, and is no doubt; what was one when it
 * began, and that it did not do again, still is.
 */
export function endAttempt({ begun, cutOff, leftInDoubt, sent }: VisitEffects): void {
  for (const [index, handling] of cutOff) leftInDoubt.set(index, handling)
  cutOff.clear()
  begun.clear()
  sent.length = 0
}

/**
 * The visit had failed, or with some of its items, and is attempted again: these items are still to be done. Of those that it
 * had left out because they were in doubt, it is to be said anew what is done about them.
 */
export function tryItemsAgain(effects: VisitEffects): void {
  endAttempt(effects)
  for (const index of effects.leftInDoubt.keys()) effects.begun.add(index)
  effects.leftInDoubt.clear()
  for (const [index, { state }] of effects.items)
    if (state === 'failed') {
      effects.items.delete(index)
      effects.again.add(index)
    }
}

/** The effects of one run that are under way and must not happen twice. */
export class EffectsUnderWay {
  readonly #isKept: () => Promise<boolean>
  readonly #underWay = new Map<VisitEffects, Set<number>>()
  #whenIdle: (() => void) | undefined
  #closed = false

  /** `isKept`: whether the journal keeps what has happened so far. */
  constructor(isKept: () => Promise<boolean>) {
    this.#isKept = isKept
  }

  /**
   * An effect is about to begin. Resolves once the journal cannot lose that; never, when no more may begin or the journal
   * could not be written.
   */
  async begin(visit: VisitEffects, item: BegunItem | undefined, record: () => void): Promise<void> {
    if (this.#closed) return new Promise(() => undefined)
    const index = item?.index ?? wholeStep
    record()
    beginEffect(visit, index)
    const underWay = this.#underWay.get(visit) ?? new Set()
    this.#underWay.set(visit, underWay.add(index))
    if (await this.#isKept()) return
    visit.begun.delete(index)
    this.end(visit, index)
    await new Promise(() => undefined)
  }

  /** An effect has ended. */
  end(visit: VisitEffects, index: number): void {
    const underWay = this.#underWay.get(visit)
    underWay?.delete(index)
    if (underWay?.size === 0) this.endAll(visit)
  }

  /** The visit, or its attempt, is over. */
  endAll(visit: VisitEffects): void {
    this.#underWay.delete(visit)
    if (this.#underWay.size === 0) this.#whenIdle?.()
  }

  /** Lets no more begin. Resolves once those under way have ended. */
  close(): Promise<void> {
    this.#closed = true
    if (this.#underWay.size === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#whenIdle = resolve))
  }
}
