import { randomInt } from 'node:crypto'
import path from 'node:path'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { isDraft, syncFolder } from '../files/atomicWrite.ts'
import { systemCode } from '../hostError.ts'
import { safeName } from '../folder/safePath.ts'
import { giveNumber, numberedRuns } from './runNumbers.ts'

/** The folder in a Designer Folder that holds the process folders of all runs, by flow. */
export const processFolderName = 'Process Folder'

/** The folder of one run. */
export interface ProcessFolder {
  /** The run's id, which is the folder's name. */
  readonly run: string
  /** Counts the runs of the flow from 1. */
  readonly number: number
  /** Absolute. */
  readonly path: string
  /** Absolute; documents of the run. */
  readonly documents: string
  /** Absolute; mails that were kept instead of sent. */
  readonly outbox: string
  /** Absolute; not made yet. */
  readonly journal: string
}

/** Where the run folders of the flow called `flow` are, under `base` (a Process Folder). */
export const flowRunsFolder = (base: string, flow: string): string => path.join(base, safeName(flow, 'Flow'))

/** The folders inside the run folder `run`. */
export const inProcessFolder = (run: string) => ({
  documents: path.join(run, 'documents'),
  outbox: path.join(run, 'outbox'),
  journal: path.join(run, 'journal.jsonl')
})

/** Makes the folder for a new run of `flow` under `base`. `now`: wall time in milliseconds since 1970. */
export async function createProcessFolder(
  base: string,
  flow: string,
  now: number,
  disk: Disk = systemDisk
): Promise<ProcessFolder> {
  const home = flowRunsFolder(base, flow)
  const isNew = (await disk.stat(home).catch(() => undefined)) === undefined
  await disk.mkdir(home)
  const run = await freshFolder(home, now, disk)
  const folder = path.join(home, run)
  const inside = inProcessFolder(folder)
  await disk.mkdir(inside.documents)
  await disk.mkdir(inside.outbox)
  for (const one of isNew ? [home, base, path.dirname(base)] : [home]) await syncFolder(one, disk)
  return { run, number: await giveNumber(home, run, disk), path: folder, ...inside }
}

/** The folder of a run that was made before; `folder`: absolute. */
export async function openProcessFolder(folder: string, disk: Disk = systemDisk): Promise<ProcessFolder> {
  const run = path.basename(folder)
  const { number = 0 } = (await numberedRuns(path.dirname(folder), disk)).find(({ id }) => id === run) ?? {}
  return { run, number, path: folder, ...inProcessFolder(folder) }
}

/**
 * Makes the folder of a run as a carrier needs it: what a process that was killed had not finished goes, and folders that
 * are missing come back. Where that fails, the steps that need them will tell.
 */
export async function tidyProcessFolder(folder: string, disk: Disk): Promise<void> {
  const { documents, outbox } = inProcessFolder(folder)
  for (const one of [documents, outbox]) await disk.mkdir(one).catch(() => undefined)
  for (const one of [folder, documents, outbox, path.join(folder, 'blobs')]) {
    const names = await disk.readdir(one).catch(() => [])
    for (const name of names.filter(isDraft)) await disk.rm(path.join(one, name)).catch(() => undefined)
  }
}

/** `2026-11-24-104312-x7k2`: the local time, and some characters that tell runs of the same second apart. */
async function freshFolder(home: string, now: number, disk: Disk): Promise<string> {
  for (;;) {
    const run = `${localTime(new Date(now))}-${randomInt(36 ** 3, 36 ** 4).toString(36)}`
    try {
      await disk.mkdirNew(path.join(home, run))
      return run
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
  }
}

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}
