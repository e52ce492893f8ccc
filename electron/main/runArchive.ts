import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunEvent } from '../../engine/index.ts'
import {
  type Installation,
  numberedRuns,
  pathInside,
  processFolderName,
  readJournal,
  readRun,
  readSummary,
  runIds
} from '../../engine/host/index.ts'
import type { RunSummary } from '../ipc/contract.ts'
import { RunTally } from './runSummary.ts'

/** Where all process folders of a Designer Folder are, absolute. */
export const processFolders = (root: string) => join(root, processFolderName)

/** The runs that stand in a Designer Folder, whoever ran them. Those that have settled are read once. */
export class RunArchive {
  /** By the run's folder. */
  readonly #settled = new Map<string, RunSummary>()
  readonly #installation: Pick<Installation, 'startOf'>

  /** `installation`: says which interrupted runs were started here. */
  constructor(installation: Pick<Installation, 'startOf'>) {
    this.#installation = installation
  }

  /** All runs that can be read, oldest first within a flow. */
  async list(root: string): Promise<RunSummary[]> {
    const summaries: RunSummary[] = []
    for (const home of await this.#homes(root))
      for (const { id, number } of await numberedRuns(home)) {
        const summary = await this.#summary(join(home, id), id, number)
        if (summary) summaries.push(summary)
      }
    return summaries
  }

  /** The folder of a run, absolute; undefined when there is none. */
  async folder(root: string, run: string): Promise<string | undefined> {
    for (const home of await this.#homes(root)) if ((await runIds(home)).includes(run)) return join(home, run)
    return undefined
  }

  /** The events of the run in `folder`, as far as its journal is sound. Rejects when it cannot be read. */
  async events(folder: string): Promise<readonly RunEvent[]> {
    return (await holdsFilesOnly(folder)) ? (await readJournal(folder)).events : []
  }

  /** The folders in which the runs of one flow each are; no link is followed out of the Designer Folder. */
  async #homes(root: string): Promise<string[]> {
    const base = await pathInside(root, processFolderName).catch(() => undefined)
    if (base === undefined) return []
    const entries = await readdir(base, { withFileTypes: true }).catch(() => [])
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(base, name))
  }

  async #summary(folder: string, id: string, number: number): Promise<RunSummary | undefined> {
    const known = this.#settled.get(folder)
    if (known) return known
    if (!(await holdsFilesOnly(folder))) return undefined
    const told = await settledSummary(folder, id, number)
    if (told) {
      this.#settled.set(folder, told)
      return told
    }
    const { events, state, problem } = await readRun(folder, number)
    if (events.length === 0) return undefined
    const tally = new RunTally(id, number)
    for (const event of events) tally.add(event)
    if (state === 'damaged' && problem !== undefined) tally.damage(problem)
    else if (state === 'interrupted') tally.interrupt()
    if (tally.summary.settled) this.#settled.set(folder, tally.summary)
    const foreign = state === 'interrupted' && !(await this.#installation.startOf(folder))
    return foreign ? { ...tally.summary, foreign } : tally.summary
  }
}

/**
 * Whether what a run's folder tells the run by are files and folders. One that came with a copied folder may hold links to
 * files elsewhere, or pipes, for whose end a reader would wait for ever.
 */
async function holdsFilesOnly(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true })
  const blobs = await readdir(join(folder, 'blobs'), { withFileTypes: true }).catch(() => [])
  return [...entries, ...blobs].every((entry) => entry.isFile() || entry.isDirectory())
}

/** What the folder of a settled run tells without its journal; undefined when it does not. */
async function settledSummary(folder: string, id: string, number: number): Promise<RunSummary | undefined> {
  const summary = await readSummary(folder)
  if (!summary?.settled) return undefined
  const { flow, name, startedAt, background, reply, settled, failedAt } = summary
  return {
    id,
    flow,
    name,
    number,
    startedAt,
    background,
    settled: { state: settled.state, at: settled.at },
    ...(reply && { replied: { outcome: reply.outcome, at: reply.at } }),
    ...(failedAt !== undefined && { place: { step: failedAt } })
  }
}
