import {
  type BegunItem,
  type DoubtHandling,
  type ProgressItem,
  type Resumed,
  type Step,
  StepFailure,
  wholeStep
} from '../../model/index.ts'
import type { Journal } from '../journal/journal.ts'
import { ownHandling } from '../journal/doubts.ts'
import { journalFailure } from './failureOf.ts'

/** What has happened, of one visit, to the things that must not happen twice. */
export interface VisitEffects {
  /** The items, by number, on which an effect has begun. */
  readonly begun: Set<number>
  /** How those ended that have, by number. */
  readonly items: Map<number, ProgressItem>
  /** Those that were under way when the time of their attempt was over: nobody knows what became of them. */
  readonly givenUp: Set<number>
}

export const noEffects = (): VisitEffects => ({ begun: new Set(), items: new Map(), givenUp: new Set() })

/**
 * What a step needs to know to go on from there. `handling`: what is done about what is in doubt where neither the step nor
 * an attempt that was given up says it.
 */
export function resumedFrom({ begun, items, givenUp }: VisitEffects, step: Step, handling: DoubtHandling): Resumed {
  const own = ownHandling(step)
  const inDoubt = [...begun].filter((index) => !items.has(index))
  const handlingOf = (index: number): DoubtHandling => own ?? (givenUp.has(index) ? 'skip' : handling)
  return { items: new Map(items), inDoubt: new Map(inDoubt.map((index) => [index, handlingOf(index)])) }
}

/**
 * An attempt has ended, and there is another one. What it did as a whole has ended with it, unless its time was over: then
 * what is still under way may happen yet, and is not done again unless the step says so.
 */
export function endAttempt({ begun, items, givenUp }: VisitEffects, timedOut: boolean): void {
  if (!timedOut) begun.delete(wholeStep)
  else for (const index of begun) if (!items.has(index)) givenUp.add(index)
}

/** The effects of one run that are under way and must not happen twice. */
export class EffectsUnderWay {
  readonly #journal: Pick<Journal, 'durable'>
  readonly #underWay = new Map<VisitEffects, Set<number>>()
  #whenIdle: (() => void) | undefined
  #closed = false

  constructor(journal: Pick<Journal, 'durable'>) {
    this.#journal = journal
  }

  /**
   * An effect is about to begin. Resolves once the journal cannot lose that; never, when no more may begin. Rejects with
   * StepFailure `journal-failed`.
   */
  async begin(visit: VisitEffects, item: BegunItem | undefined, record: () => void): Promise<void> {
    if (this.#closed) return new Promise(() => undefined)
    const index = item?.index ?? wholeStep
    record()
    visit.begun.add(index)
    const underWay = this.#underWay.get(visit) ?? new Set()
    this.#underWay.set(visit, underWay.add(index))
    await this.#journal.durable().catch((problem: unknown) => {
      const { code, message } = journalFailure(problem)
      throw new StepFailure(code, message)
    })
  }

  /** An effect has ended. */
  end(visit: VisitEffects, item: ProgressItem): void {
    visit.items.set(item.index, item)
    const underWay = this.#underWay.get(visit)
    underWay?.delete(item.index)
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
