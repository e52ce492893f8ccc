import type { FlowEntry, FolderListing, RunSummary, Settings } from '../../electron/ipc/contract.ts'
import type { DoubtHandling, ValueRecord } from '../../engine/index.ts'
import { on, request, sentenceOf } from '../studio.ts'
import { OpenTabs } from './openTabs.svelte.ts'
import { Toasts } from './toasts.svelte.ts'

const byStart = (a: RunSummary, b: RunSummary) => b.startedAt.localeCompare(a.startedAt) || b.number - a.number

/** What the whole window knows: the open Designer Folder, the runs, the settings, the open tabs and the toasts. */
export class StudioState {
  readonly tabs = new OpenTabs()
  readonly toasts = new Toasts()
  #listing = $state.raw<FolderListing>()
  #runs = $state.raw<readonly RunSummary[]>([])
  #settings = $state.raw<Settings>()
  /** Interrupted runs that the person does not want to decide about now. */
  #putOff = $state.raw<ReadonlySet<string>>(new Set())

  /** Undefined until it has been read for the first time. */
  get listing(): FolderListing | undefined {
    return this.#listing
  }

  /** All runs of the Designer Folder, newest first. */
  get runs(): readonly RunSummary[] {
    return this.#runs
  }

  get settings(): Settings | undefined {
    return this.#settings
  }

  readonly #lastRuns = $derived.by(() => {
    const last = new Map<string, RunSummary>()
    for (const run of this.#runs) if (!last.has(run.flow)) last.set(run.flow, run)
    return last
  })

  /** The newest run of a flow. */
  lastRunOf(flow: FlowEntry): RunSummary | undefined {
    return this.#lastRuns.get(flow.path) ?? flow.lastRun
  }

  /** Background threads that have not ended, over all runs. */
  get background(): number {
    return this.#runs.reduce((sum, run) => sum + (run.settled || run.interrupted ? 0 : run.background), 0)
  }

  /** Runs that have not settled. */
  get unsettled(): number {
    return this.#runs.filter((run) => !run.settled && !run.interrupted).length
  }

  /** Interrupted runs about which the person is to decide. */
  get offered(): readonly RunSummary[] {
    return this.#runs.filter((run) => run.offer !== undefined && run.interrupted && !this.#putOff.has(run.id))
  }

  /** Reads everything once and listens from then on. Returns the function that ends the listening. */
  start(): () => void {
    const ends = [
      on('folder:changed', (listing) => {
        this.#listing = listing
      }),
      on('run:changed', (run) => this.#take(run)),
      on('settings:changed', (settings) => {
        this.#settings = settings
      }),
      on('runner:restarted', ({ interrupted }) => {
        const count = interrupted.length === 1 ? 'One run was' : `${interrupted.length} runs were`
        this.toasts.show(
          `The process in which flows run went down and was started again. ${count} interrupted.`,
          'fail'
        )
        void this.attempt(() => this.#readRuns())
      }),
      on('runs:resumed', ({ runs }) => {
        const [first] = runs
        const what = first && runs.length === 1 ? `“${first.name}” was interrupted and goes on.` : undefined
        this.toasts.show(what ?? `${runs.length} runs were interrupted and go on.`)
      }),
      on('runs:pruned', ({ runs }) => {
        this.#runs = this.#runs.filter(({ id }) => !runs.includes(id))
      })
    ]
    void this.attempt(async () => {
      this.#settings = await request('settings:read')
      this.#listing = await request('folder:read')
      await this.#readRuns()
    })
    return () => {
      for (const end of ends) end()
    }
  }

  /** Does something that may fail; then its sentence is shown and the answer is undefined. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.toasts.show(sentenceOf(error), 'fail')
      return undefined
    }
  }

  /** Reads the folder again, after a change made here. */
  async refresh(): Promise<void> {
    this.#listing = await request('folder:read')
  }

  async chooseFolder(): Promise<void> {
    const listing = await request('folder:choose')
    if (!listing) return
    this.tabs.closeAll()
    this.#listing = listing
    await this.#readRuns()
  }

  /** The person trusts the open folder; `folder:changed` brings the listing that says so. */
  async trustFolder(): Promise<void> {
    await this.attempt(() => request('folder:trust'))
  }

  async createFolder(path: string): Promise<void> {
    this.#listing = await request('folder:create', path)
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    this.#settings = await request('settings:change', change)
  }

  /** Starts a run of the flow as its file has it. */
  async run(entry: FlowEntry, inputs: ValueRecord): Promise<void> {
    if (entry.document) this.#take(await request('run:start', { path: entry.path, document: entry.document, inputs }))
  }

  /** Goes on with an interrupted run. With 'ask' and something in doubt, it is offered instead. */
  async resume(run: string, inDoubt: DoubtHandling | 'ask'): Promise<void> {
    this.#putOff = new Set([...this.#putOff].filter((id) => id !== run))
    const summary = await this.attempt(() => request('run:resume', run, inDoubt))
    if (summary) this.#take(summary)
  }

  /** Leaves an interrupted run as it is. */
  async leave(run: string): Promise<void> {
    await this.attempt(() => request('run:leave', run))
  }

  /** Decides nothing about the offered runs for now. */
  putOff(): void {
    this.#putOff = new Set([...this.#putOff, ...this.offered.map(({ id }) => id)])
  }

  async #readRuns(): Promise<void> {
    this.#runs = [...(await request('run:list'))].sort(byStart)
  }

  #take(run: RunSummary): void {
    const known = this.#runs.findIndex((each) => each.id === run.id)
    this.#runs = known < 0 ? [run, ...this.#runs].sort(byStart) : this.#runs.with(known, run)
  }
}
