import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Run, type RunEvent, type SettledState, foldRun } from '../../run/index.ts'
import { isRunning } from './claimRun.ts'
import { systemCode } from '../hostError.ts'
import { type JournalContent, readJournal } from '../journal/readJournal.ts'
import { numberedRuns } from './runNumbers.ts'
import { readSummary, type RunSummary, summarize } from './runSummary.ts'

/** A run as its folder tells it. */
export interface ListedRun {
  readonly id: string
  /** Counts the runs of its flow from 1. */
  readonly number: number
  /** The run's folder, absolute. */
  readonly folder: string
  /** Undefined when nothing of the run can be read. Of a run that goes on it may be a moment old. */
  readonly summary: RunSummary | undefined
  /** `interrupted`: not settled, and no process is running it. `damaged`: the journal cannot be trusted to its end. */
  readonly state: 'running' | 'interrupted' | 'damaged' | SettledState
  /** A sentence when the journal cannot be read, or not to its end. */
  readonly problem?: string
  /** Of an interrupted run: why it was suspended, where something forced that, and what to do. */
  readonly suspended?: string
}

/** A run with all that its journal tells. */
export interface OpenedRun extends ListedRun {
  /** The events up to the first place that cannot be trusted, and the run they tell; undefined when there are none. */
  readonly events: readonly RunEvent[]
  readonly run: Run | undefined
}

/** How many runs are looked at together. */
const atATime = 16

/**
 * The runs whose folders are under `base` (a Process Folder), newest first; none when there is no such folder. Reads the
 * summaries, and only where one is missing or the run was interrupted, the journal.
 */
export async function listRuns(base: string): Promise<ListedRun[]> {
  const homes = await readdir(base, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  const places: { readonly folder: string; readonly number: number }[] = []
  for (const { name } of homes.filter((entry) => entry.isDirectory()))
    for (const { id, number } of await numberedRuns(path.join(base, name)))
      places.push({ folder: path.join(base, name, id), number })
  const runs: ListedRun[] = []
  for (let i = 0; i < places.length; i += atATime)
    runs.push(...(await Promise.all(places.slice(i, i + atATime).map(({ folder, number }) => listRun(folder, number)))))
  return runs.sort((one, other) => (started(one) < started(other) ? 1 : -1))
}

/** The run in `folder` as a list shows it. Never rejects: what cannot be read is told. */
export async function listRun(folder: string, number: number): Promise<ListedRun> {
  // Asked before anything is read: else a run that settles in between would look interrupted.
  const running = await isCarried(folder)
  const summary = await readSummary(folder)
  // A summary that is not settled may be older than the end of the process that wrote it.
  if (!summary || !(summary.settled || running)) {
    const { events: _, run: __, ...listed } = await openRun(folder, number, running)
    return listed
  }
  return { id: path.basename(folder), number, folder, summary, state: summary.settled?.state ?? 'running' }
}

/** The run in `folder` with all its events. Never rejects: what cannot be read is told. */
export async function readRun(folder: string, number: number): Promise<OpenedRun> {
  return openRun(folder, number, await isCarried(folder))
}

async function openRun(folder: string, number: number, running: boolean): Promise<OpenedRun> {
  const id = path.basename(folder)
  const listed = { id, number, folder }
  // The summary first: a run that settles meanwhile has the longer journal.
  const told = await readSummary(folder)
  let content: JournalContent
  try {
    content = await readJournal(folder)
  } catch (error) {
    const problem = hostMessages.journalUnreadable(id, hostMessages.why(error))
    return { ...listed, summary: undefined, events: [], run: undefined, state: 'damaged', problem }
  }
  const { events, damagedAt, ended } = content
  if (events[0]?.event !== 'RunStarted') {
    const state = running && damagedAt === undefined ? 'running' : 'damaged'
    return { ...listed, summary: undefined, events: [], run: undefined, state, problem: hostMessages.journalEmpty(id) }
  }
  const run = foldRun(events)
  const opened = { ...listed, summary: summarize(events), events, run }
  if (damagedAt !== undefined)
    return { ...opened, state: 'damaged', problem: hostMessages.journalDamaged(id, damagedAt) }
  if (run.settled) {
    const problem = ended || running ? undefined : hostMessages.journalUnended(id)
    return { ...opened, state: run.settled.state, ...(problem !== undefined && { problem }) }
  }
  // A summary says settled only once the whole journal was on disk.
  if (told?.settled && told.events > events.length)
    return { ...opened, state: 'damaged', problem: hostMessages.journalCut(id, events.length, told.events) }
  if (running) return { ...opened, state: 'running' }
  const { suspended } = told ?? {}
  return { ...opened, state: 'interrupted', ...(suspended !== undefined && { suspended }) }
}

/** What cannot be asked is taken for running: nobody may carry it on then. */
const isCarried = (folder: string): Promise<boolean> => isRunning(folder).catch(() => true)

/** What runs are ordered by: ids begin with the time to the second, journals know it better. */
const started = ({ id, summary }: ListedRun): string => `${id.slice(0, 17)} ${summary?.startedAt ?? ''} ${id}`
