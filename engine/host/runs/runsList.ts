import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Run, type RunEvent, type SettledState, foldRun } from '../../run/index.ts'
import { isRunning } from './claimRun.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { HostError, systemCode } from '../hostError.ts'
import { readEnds } from '../journal/journalEnds.ts'
import { type JournalContent, readJournal } from '../journal/readJournal.ts'
import { segmentSizes } from '../journal/segments.ts'
import { numberedRuns } from './runNumbers.ts'
import { readSummary, type RunSummary, summarize, SummaryTally } from './runSummary.ts'

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

/** A journal of so many bytes is read whole also for a list, where it is read at all. */
const small = 128 * 1024

/** Where the folder of a run is, or what is called as one and is none. */
export interface RunPlace {
  readonly folder: string
  /** Counts the runs of its flow from 1. */
  readonly number: number
  readonly isFolder: boolean
}

/**
 * The runs whose folders are under `base` (a Process Folder), newest first; none when there is no such folder. Reads the
 * summaries, and where one is missing or the run was interrupted, how the journal ends; a whole one only where it is small.
 */
export async function listRuns(base: string, disk: Disk = systemDisk): Promise<ListedRun[]> {
  const places = await runPlaces(base)
  const runs: ListedRun[] = []
  for (let i = 0; i < places.length; i += atATime)
    runs.push(...(await Promise.all(places.slice(i, i + atATime).map((place) => listPlace(place, disk)))))
  return runs.sort((one, other) => (started(one) < started(other) ? 1 : -1))
}

/** The places of the runs under `base`, oldest first within a flow; none when there is no such folder. No link is followed. */
export async function runPlaces(base: string): Promise<RunPlace[]> {
  const homes = await readdir(base, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  const places: RunPlace[] = []
  for (const { name } of homes.filter((entry) => entry.isDirectory())) {
    const home = path.join(base, name)
    // One that cannot be read must not hide the others.
    const entries = await readdir(home, { withFileTypes: true }).catch(() => [])
    const folders = new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name))
    for (const { id, number } of await numberedRuns(home).catch(() => []))
      places.push({ folder: path.join(home, id), number, isFolder: folders.has(id) })
  }
  return places
}

async function listPlace({ folder, number, isFolder }: RunPlace, disk: Disk): Promise<ListedRun> {
  if (isFolder) return listRun(folder, number, disk)
  const id = path.basename(folder)
  return { id, number, folder, summary: undefined, state: 'damaged', problem: hostMessages.runNoFolder(id) }
}

/** The run in `folder` as a list shows it. Never rejects: what cannot be read is told. */
export async function listRun(folder: string, number: number, disk: Disk = systemDisk): Promise<ListedRun> {
  // Asked before anything is read: else a run that settles in between would look interrupted.
  const running = await isCarried(folder, disk)
  const summary = await readSummary(folder, disk)
  if (summary && (summary.settled || running))
    return { id: path.basename(folder), number, folder, summary, state: summary.settled?.state ?? 'running' }
  // A summary that is not settled may be older than the end of the process that wrote it.
  const large = await hasLargeJournal(folder, disk)
  const ended = large ? await listByEnds(folder, number, running, summary, disk).catch(() => undefined) : undefined
  if (ended) return ended
  const { events: _, run: __, ...listed } = await openRun(folder, number, running, disk)
  return listed
}

/** Whether a journal is too large to be read for a list. */
export const hasLargeJournal = (folder: string, disk: Disk = systemDisk): Promise<boolean> =>
  segmentSizes(folder, disk).then(
    (sizes) => sizes.reduce((sum, size) => sum + size, 0) > small,
    () => false
  )

/**
 * A run by its summary and what its journal has beyond it, as far as that stands at its end: the summary of a process that was
 * killed is a moment older. Where there is no summary, by how its journal begins and ends; undefined when it does not begin.
 */
async function listByEnds(
  folder: string,
  number: number,
  running: boolean,
  told: RunSummary | undefined,
  disk: Disk
): Promise<ListedRun | undefined> {
  const id = path.basename(folder)
  const { first, newest, ended } = await readEnds(folder, told?.events ?? 0, disk)
  const tally = new SummaryTally(undefined, told)
  for (const event of told || !first ? newest : [first, ...newest]) tally.add(event)
  const { summary } = tally
  if (!summary) return undefined
  const listed = { id, number, folder, summary }
  if (!summary.settled) {
    const { suspended } = told ?? {}
    return { ...listed, state: running ? 'running' : 'interrupted', ...(suspended !== undefined && { suspended }) }
  }
  const problem = ended || running ? undefined : hostMessages.journalUnended(id)
  return { ...listed, state: summary.settled.state, ...(problem !== undefined && { problem }) }
}

/** The run in `folder` with all its events. Never rejects: what cannot be read is told. */
export async function readRun(folder: string, number: number, disk: Disk = systemDisk): Promise<OpenedRun> {
  return openRun(folder, number, await isCarried(folder, disk), disk)
}

async function openRun(folder: string, number: number, running: boolean, disk: Disk): Promise<OpenedRun> {
  const id = path.basename(folder)
  const listed = { id, number, folder }
  // The summary first: a run that settles meanwhile has the longer journal.
  const told = await readSummary(folder, disk)
  let content: JournalContent
  try {
    content = await readJournal(folder, { disk })
  } catch (error) {
    const problem =
      error instanceof HostError ? error.message : hostMessages.journalUnreadable(id, hostMessages.why(error))
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
const isCarried = (folder: string, disk: Disk): Promise<boolean> => isRunning(folder, { disk }).catch(() => true)

/** What runs are ordered by: ids begin with the time to the second, journals know it better. */
const started = ({ id, summary }: ListedRun): string => `${id.slice(0, 17)} ${summary?.startedAt ?? ''} ${id}`
