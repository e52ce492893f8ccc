import { lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { RunEvent } from '../../engine/index.ts'
import {
  hasLargeJournal,
  inProcessFolder,
  type Installation,
  type ListedRun,
  listRun,
  pathInside,
  processFolderName,
  readJournal,
  readRun,
  runPlaces
} from '../../engine/host/index.ts'
import type { RunSummary } from '../ipc/contract.ts'
import { RunTally } from './runSummary.ts'

/** Where all process folders of a Designer Folder are, absolute. */
export const processFolders = (root: string) => join(root, processFolderName)

/**
 * The runs that stand in a Designer Folder, whoever ran them. Those that nothing can change any more are read once; of a run
 * with a long journal only its summary and how it ends.
 */
export class RunArchive {
  /** By the run's folder. */
  readonly #settled = new Map<string, RunSummary>()
  readonly #installation: Pick<Installation, 'startOf'>

  /** `installation`: says which interrupted runs were started here. */
  constructor(installation: Pick<Installation, 'startOf'>) {
    this.#installation = installation
  }

  /** All runs that have a journal, oldest first within a flow. */
  async list(root: string): Promise<RunSummary[]> {
    const summaries: RunSummary[] = []
    for (const { folder, number, isFolder } of await this.#places(root)) {
      const summary = isFolder ? await this.#summary(folder, number) : undefined
      if (summary) summaries.push(summary)
    }
    return summaries
  }

  /** The folder of a run, absolute; undefined when there is none. */
  async folder(root: string, run: string): Promise<string | undefined> {
    return (await this.#places(root)).find(({ folder, isFolder }) => isFolder && basename(folder) === run)?.folder
  }

  /** The events of the run in `folder`, as far as its journal is sound. Rejects when it cannot be read. */
  async events(folder: string): Promise<readonly RunEvent[]> {
    return (await readJournal(folder)).events
  }

  /** Where the runs are; no link is followed out of the Designer Folder. */
  async #places(root: string) {
    const base = await pathInside(root, processFolderName).catch(() => undefined)
    return base === undefined ? [] : runPlaces(base).catch(() => [])
  }

  async #summary(folder: string, number: number): Promise<RunSummary | undefined> {
    const known = this.#settled.get(folder)
    if (known) return known
    // A run that is just beginning has none.
    if (!(await lstat(inProcessFolder(folder).journal).catch(() => undefined))) return undefined
    const listed = await listRun(folder, number)
    const isFolded = !listed.summary?.settled && !(await hasLargeJournal(folder))
    const summary = (isFolded ? await folded(folder, number) : undefined) ?? summaryOf(listed)
    this.#keep(folder, summary)
    const foreign = summary.interrupted && !summary.damaged && !(await this.#installation.startOf(folder))
    return foreign ? { ...summary, foreign } : summary
  }

  /** One that has failed may be retried, by whatever process. */
  #keep(folder: string, summary: RunSummary): void {
    const { settled } = summary
    if (settled?.state === 'completed' || settled?.state === 'cancelled') this.#settled.set(folder, summary)
  }
}

/** What the whole journal of a run comes to; undefined when it tells nothing. */
async function folded(folder: string, number: number): Promise<RunSummary | undefined> {
  const { id, events, state, problem } = await readRun(folder, number)
  if (events.length === 0) return undefined
  const tally = new RunTally(id, number)
  for (const event of events) tally.add(event)
  if (state === 'damaged' && problem !== undefined) tally.damage(problem)
  else if (state === 'interrupted') tally.interrupt()
  return tally.summary
}

/** A run as the list of the engine has it: of one of which nothing can be read, its folder tells the flow and the time. */
function summaryOf({ id, number, folder, summary, state, problem }: ListedRun): RunSummary {
  const { flow = '', name = basename(dirname(folder)), startedAt = timeIn(id), background = 0 } = summary ?? {}
  const { reply, settled, failedAt, epoch = 1 } = summary ?? {}
  return {
    id,
    flow,
    name,
    number,
    startedAt,
    background,
    ...(settled && { settled: { state: settled.state, at: settled.at } }),
    ...(reply && { replied: { outcome: reply.outcome, at: reply.at } }),
    ...(failedAt !== undefined && { place: { step: failedAt } }),
    ...(epoch > 1 && { resumed: epoch - 1 }),
    ...((state === 'interrupted' || state === 'damaged') && { interrupted: true }),
    ...(state === 'damaged' && problem !== undefined && { damaged: problem })
  }
}

/** When a run began, as its id says. */
function timeIn(id: string): string {
  const [year = 0, month = 1, day = 1, time = '0'] = id.split('-')
  const clock = time.padStart(6, '0')
  const date = new Date(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(clock.slice(0, 2)),
    Number(clock.slice(2, 4)),
    Number(clock.slice(4))
  )
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString()
}
