import { type ListedRun, pruneRuns } from '../../engine/host/index.ts'
import type { Retention } from '../ipc/contract.ts'
import { processFolders } from './runArchive.ts'

interface Context {
  /** What the settings say now. */
  wanted(): Retention | undefined
  /** These runs are not there any more. */
  pruned(runs: readonly ListedRun[]): void
  /** Wall time, in milliseconds since 1970. */
  now(): number
  report(where: string, error: unknown): void
}

/** Deletes settled runs that the settings do not want to keep, one look at a time. */
export class RunRetention {
  readonly #context: Context
  #looking: Promise<void> = Promise.resolve()
  #wanted = false

  constructor(context: Context) {
    this.#context = context
  }

  /** Looks through the runs of a Designer Folder (absolute). Asked again while it looks, it looks once more. Never rejects. */
  prune(root: string): Promise<void> {
    if (!this.#wanted) {
      this.#wanted = true
      this.#looking = this.#looking.then(() => this.#prune(root))
    }
    return this.#looking
  }

  async #prune(root: string): Promise<void> {
    this.#wanted = false
    const { perFlow: keepPerFlow, days: keepDays } = this.#context.wanted() ?? {}
    if (keepPerFlow === undefined && keepDays === undefined) return
    try {
      const runs = await pruneRuns(processFolders(root), {
        ...(keepPerFlow !== undefined && { keepPerFlow }),
        ...(keepDays !== undefined && { keepDays }),
        now: this.#context.now()
      })
      if (runs.length > 0) this.#context.pruned(runs)
    } catch (error) {
      this.#context.report('deleting runs that are not kept', error)
    }
  }
}
