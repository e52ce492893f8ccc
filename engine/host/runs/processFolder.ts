import { randomInt } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from '../files/atomicWrite.ts'
import { systemCode } from '../hostError.ts'
import { safeName } from '../folder/safePath.ts'

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
export async function createProcessFolder(base: string, flow: string, now: number): Promise<ProcessFolder> {
  const home = flowRunsFolder(base, flow)
  await mkdir(home, { recursive: true })
  const run = await freshFolder(home, now)
  const folder = path.join(home, run)
  const inside = inProcessFolder(folder)
  await mkdir(inside.documents)
  await mkdir(inside.outbox)
  await syncFolder(home)
  return { run, number: (await runIds(home)).length, path: folder, ...inside }
}

/** The folder of a run that was made before; `folder`: absolute. */
export async function openProcessFolder(folder: string): Promise<ProcessFolder> {
  const run = path.basename(folder)
  const number = (await runIds(path.dirname(folder))).indexOf(run) + 1
  return { run, number, path: folder, ...inProcessFolder(folder) }
}

/** The ids of the runs in the folder of one flow, oldest first. */
export async function runIds(home: string): Promise<string[]> {
  const entries = await readdir(home, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && /^\d{4}-\d\d-\d\d-\d{6}-\w+$/.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** `2026-11-24-104312-x7k2`: the local time, and some characters that tell runs of the same second apart. */
async function freshFolder(home: string, now: number): Promise<string> {
  for (;;) {
    const run = `${localTime(new Date(now))}-${randomInt(36 ** 3, 36 ** 4).toString(36)}`
    try {
      await mkdir(path.join(home, run))
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
