import {
  type AfterRestart,
  type Doubt,
  type DoubtHandling,
  type RunEvent,
  doubtsOf,
  foldRun,
  runningOf
} from '../../engine/index.ts'
import type { MailAccount, RunDoubt, RunSummary } from '../ipc/contract.ts'
import type { Refusal } from '../ipc/refusal.ts'

/** How often a run goes on by itself before a person is asked: it may be what makes its process go down. */
const mostTimes = 3

/** What is needed of all runs. */
export interface ResumableRuns {
  list(root: string): Promise<readonly RunSummary[]>
  events(root: string, run: string): Promise<readonly RunEvent[]>
  resume(order: ResumeWish): Promise<RunSummary>
  /** Stops carrying all that go on. Answers which they are. */
  suspendAll(): readonly string[]
  offer(root: string, run: RunSummary, offer: RunSummary['offer']): void
}

/** A run to be resumed as people see it. */
export interface ResumeWish {
  /** The Designer Folder, absolute. */
  readonly root: string
  readonly run: string
  readonly inDoubt: DoubtHandling | 'ask'
  readonly accounts: readonly MailAccount[]
  /** Settles it as cancelled instead. */
  readonly cancel?: boolean
}

/** Runs, by id, that are remembered from one start to the next. */
export interface RememberedRuns {
  get(): readonly string[]
  set(runs: readonly string[]): void
}

interface Context {
  readonly runs: ResumableRuns
  /** Whether the person trusts a Designer Folder (absolute): in any other nothing goes on by itself, and nothing is offered. */
  readonly trusts: (root: string) => Promise<boolean>
  /** Those that people chose to leave as they are. */
  readonly left: RememberedRuns
  /** Those that people chose to keep for the next start: they go on then, whatever their flow says. */
  readonly kept: RememberedRuns
  readonly accounts: () => readonly MailAccount[]
  /** These go on by themselves. */
  readonly resumed: (runs: readonly RunSummary[]) => void
  /** The sentence of what could not be done; undefined for an error that should not have happened. */
  readonly refusalOf: (error: unknown) => Refusal | undefined
  readonly report: (where: string, error: unknown) => void
}

/**
 * What becomes of interrupted runs: those go on whose flows want it, people are asked about the others and about all that
 * is in doubt, and what they leave stays as it is.
 */
export class InterruptedRuns {
  readonly #context: Context
  readonly #times = new Map<string, number>()
  #last: Promise<void> = Promise.resolve()

  constructor(context: Context) {
    this.#context = context
  }

  /** Looks through the runs of a Designer Folder (absolute) and lets go on what is to go on. Never rejects. */
  goOn(root: string): Promise<void> {
    // One look at a time, so that none is resumed twice.
    this.#last = this.#last
      .then(() => this.#goOn(root))
      .catch((error: unknown) => this.#context.report('resuming interrupted runs', error))
    return this.#last
  }

  /** Goes on with a run as a person wants it. Rejects with a Refusal. */
  async resume(root: string, run: string, inDoubt: DoubtHandling | 'ask'): Promise<RunSummary> {
    this.#times.delete(run)
    return this.#context.runs.resume({ root, run, inDoubt, accounts: this.#context.accounts() })
  }

  /** Settles an interrupted run as cancelled; one that has settled meanwhile stays as it is. Rejects with a Refusal. */
  async cancel(root: string, run: string): Promise<void> {
    const { runs } = this.#context
    const summary = (await runs.list(root)).find(({ id }) => id === run)
    if (!summary?.interrupted || summary.settled) return
    await runs.resume({ root, run, inDoubt: 'skip', cancel: true, accounts: this.#context.accounts() })
  }

  /** Leaves a run as it is and does not ask about it again. */
  async leave(root: string, run: string): Promise<void> {
    const { left, runs } = this.#context
    const summary = (await runs.list(root)).find(({ id }) => id === run)
    if (!summary) return
    left.set([...new Set([...left.get(), run])])
    runs.offer(root, summary, undefined)
  }

  /** Stops carrying all runs until the next start. */
  keepForNextStart(): void {
    const { runs, kept } = this.#context
    kept.set(runs.suspendAll())
  }

  async #goOn(root: string): Promise<void> {
    const { runs, trusts, left, kept, resumed } = this.#context
    if (!(await trusts(root))) return
    const keptRuns = kept.get()
    const interrupted = (await runs.list(root)).filter(
      (run) => run.interrupted && !run.foreign && run.damaged === undefined && !run.settled
    )
    const goingOn: RunSummary[] = []
    for (const run of interrupted) {
      if (left.get().includes(run.id) || run.offer) continue
      const events = await runs.events(root, run.id)
      const wish = keptRuns.includes(run.id) ? 'resume' : this.#wishOf(run, events)
      if (wish === 'ask') runs.offer(root, run, { doubts: doubtsIn(doubtsOf(foldRun(events))) })
      if (wish !== 'resume') continue
      const summary = await this.#resumeByItself(root, run)
      if (summary) goingOn.push(summary)
    }
    kept.set(kept.get().filter((run) => !interrupted.some(({ id }) => id === run)))
    if (goingOn.length > 0) resumed(goingOn)
  }

  /** What the flow, as it was when the run began, wants to happen to it. */
  #wishOf(run: RunSummary, [started]: readonly RunEvent[]): AfterRestart {
    const flow = started?.event === 'RunStarted' ? started.flows[started.flow] : undefined
    if (!flow) return 'leave'
    const { afterRestart } = runningOf(flow)
    return afterRestart === 'resume' && (this.#times.get(run.id) ?? 0) >= mostTimes ? 'ask' : afterRestart
  }

  /** The run, if it goes on now. */
  async #resumeByItself(root: string, run: RunSummary): Promise<RunSummary | undefined> {
    const { runs, accounts, refusalOf, report } = this.#context
    this.#times.set(run.id, (this.#times.get(run.id) ?? 0) + 1)
    try {
      const summary = await runs.resume({ root, run: run.id, inDoubt: 'ask', accounts: accounts() })
      return summary.interrupted ? undefined : summary
    } catch (error) {
      const refusal = refusalOf(error)
      // Somebody else was faster.
      if (refusal?.code === 'run-running') return undefined
      report(`resuming run ${run.id}`, error)
      runs.offer(root, run, { doubts: [], ...(refusal && { problem: refusal.message }) })
      return undefined
    }
  }
}

/** What people are asked about. */
export function doubtsIn(doubts: readonly Doubt[]): RunDoubt[] {
  return doubts
    .filter(({ handling }) => handling === 'ask')
    .map(({ name, items }) => ({ step: name, items: items.map(({ label }) => label) }))
}
