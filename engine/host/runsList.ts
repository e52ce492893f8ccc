import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { hostMessages } from '../messages/host.ts'
import type { Run } from '../run/index.ts'
import { foldRun } from '../run/index.ts'
import { systemCode } from './hostError.ts'
import { inProcessFolder, runIds } from './processFolder.ts'
import { isRunning } from './runningMark.ts'
import { type JournalContent, readJournal } from './readJournal.ts'

/** A run as its folder tells it. */
export interface ListedRun {
  readonly id: string
  /** Counts the runs of its flow from 1. */
  readonly number: number
  /** The run's folder, absolute. */
  readonly folder: string
  /** What the journal tells; undefined when nothing of it can be read. */
  readonly run: Run | undefined
  /** `interrupted`: not settled, and no process is running it. `damaged`: the journal cannot be trusted to its end. */
  readonly state: 'running' | 'interrupted' | 'damaged' | NonNullable<Run['settled']>['state']
  /** A sentence when the journal cannot be read, or not to its end. */
  readonly problem?: string
}

/** The runs whose folders are under `base` (a Process Folder), newest first; none when there is no such folder. */
export async function listRuns(base: string): Promise<ListedRun[]> {
  const homes = await readdir(base, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  const runs: ListedRun[] = []
  for (const home of homes.filter((entry) => entry.isDirectory())) {
    const ids = await runIds(path.join(base, home.name))
    for (const [index, id] of ids.entries()) runs.push(await readRun(path.join(base, home.name, id), index + 1))
  }
  return runs.sort((one, other) => (started(one) < started(other) ? 1 : -1))
}

/** The run in `folder`. Never rejects: what cannot be read is told. */
export async function readRun(folder: string, number: number): Promise<ListedRun> {
  const id = path.basename(folder)
  const listed = { id, number, folder }
  // Asked before the journal is read: else a run that settles in between would look interrupted.
  const running = await isRunning(folder)
  let content: JournalContent
  try {
    content = await readJournal(inProcessFolder(folder).journal)
  } catch (error) {
    return {
      ...listed,
      run: undefined,
      state: 'damaged',
      problem: hostMessages.journalUnreadable(id, hostMessages.why(error))
    }
  }
  if (content.events[0]?.event !== 'RunStarted')
    return { ...listed, run: undefined, state: running ? 'running' : 'damaged', problem: hostMessages.journalEmpty(id) }
  const run = foldRun(content.events)
  if (content.damagedAt !== undefined)
    return { ...listed, run, state: 'damaged', problem: hostMessages.journalDamaged(id, content.damagedAt) }
  return { ...listed, run, state: run.settled?.state ?? (running ? 'running' : 'interrupted') }
}

/** What runs are ordered by: ids begin with the time to the second, journals know it better. */
const started = ({ id, run }: ListedRun): string => `${id.slice(0, 17)} ${run?.startedAt ?? ''} ${id}`
