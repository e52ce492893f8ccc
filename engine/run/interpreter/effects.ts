import { type BegunItem, type DoubtHandling, type ProgressItem, type Resumed, StepFailure } from '../../model/index.ts'
import { journalFailure } from './failureOf.ts'
import type { Journal } from '../journal/journal.ts'
import { wholeStep } from '../journal/run.ts'

/** What has happened, of one visit, to the things that must not happen twice. */
export interface VisitEffects {
  /** The items, by number, on which an effect has begun. */
  readonly begun: Set<number>
  /** How those ended that have, by number. */
  readonly items: Map<number, ProgressItem>
}

export const noEffects = (): VisitEffects => ({ begun: new Set(), items: new Map() })

/** What a step needs to know to go on from there. */
export function resumedFrom({ begun, items }: VisitEffects, handling: DoubtHandling): Resumed {
  return { items: new Map(items), inDoubt: new Set([...begun].filter((index) => !items.has(index))), handling }
}

/** The effects of one run that are under way and must not happen twice. */
export class Effects {
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
