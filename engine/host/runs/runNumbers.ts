import path from 'node:path'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'
import { turnstile } from './turnstile.ts'

/** The folder, beside those of the flows, in which each flow has one with an empty file for each run: its number and its id. */
const numbersName = '.numbers'

const numbersOf = (home: string): string => path.join(path.dirname(home), numbersName, path.basename(home))

/** A run with the number that it was given when it began. */
export interface NumberedRun {
  readonly id: string
  /** Counts the runs of the flow from 1, those too that were deleted since. */
  readonly number: number
}

/**
 * Gives the run its number: one more than any run of the flow in the folder `home` has had. Several processes may ask at once.
 * Nobody waits for the disk: a number that a power cut takes is one that nobody has looked up for long.
 */
export const giveNumber = (home: string, run: string, disk: Disk = systemDisk): Promise<number> =>
  oneAtATime(() => give(home, run, disk))

/** Runs of this process need not find out by trying which of them comes next. */
const oneAtATime = turnstile(1)

async function give(home: string, run: string, disk: Disk): Promise<number> {
  const folder = numbersOf(home)
  await disk.mkdir(path.dirname(folder))
  if (await makeFolder(folder, disk))
    // Runs that began before there were numbers counted by their place.
    for (const before of await runIds(home, disk))
      if (timeOf(before) < timeOf(run)) await nextNumber(folder, before, disk)
  return nextNumber(folder, run, disk)
}

/** The runs in the folder of one flow, oldest first. One without a number, as in a folder that was put together by hand, counts by its place. */
export async function numberedRuns(home: string, disk: Disk = systemDisk): Promise<NumberedRun[]> {
  const given = new Map((await takenIn(numbersOf(home), disk)).map(({ number, run }) => [run, number]))
  return (await runIds(home, disk)).map((id, index) => ({ id, number: given.get(id) ?? index + 1 }))
}

/** The run was deleted. The highest number stays, so that it is not given again. */
export async function forgetNumber(home: string, run: string, disk: Disk = systemDisk): Promise<void> {
  const folder = numbersOf(home)
  const taken = await takenIn(folder, disk)
  const highest = highestOf(taken)
  for (const one of taken) if (one.run === run && one.number < highest) await disk.rm(path.join(folder, one.name))
}

/** The ids of the runs in the folder of one flow, oldest first. */
export async function runIds(home: string, disk: Disk = systemDisk): Promise<string[]> {
  return (await disk.readdir(home)).filter((name) => /^\d{4}-\d\d-\d\d-\d{6}-\w+$/.test(name)).sort()
}

interface TakenNumber {
  readonly name: string
  readonly number: number
  /** Undefined while it is being given, and of a process that ended then. */
  readonly run: string | undefined
}

/** A number is taken by making a file of that name, which is then renamed for the run; whoever was faster by that much keeps it. */
async function nextNumber(folder: string, run: string, disk: Disk): Promise<number> {
  for (;;) {
    const number = 1 + highestOf(await takenIn(folder, disk))
    const file = path.join(folder, String(number))
    if (!(await make(file, disk))) continue
    if ((await takenIn(folder, disk)).some((one) => one.number === number && one.run !== undefined)) {
      await disk.rm(file)
      continue
    }
    await disk.rename(file, path.join(folder, `${number}-${run}`))
    return number
  }
}

const highestOf = (taken: readonly TakenNumber[]): number =>
  taken.reduce((highest, { number }) => Math.max(highest, number), 0)

async function takenIn(folder: string, disk: Disk): Promise<TakenNumber[]> {
  const names = await disk.readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return []
    throw error
  })
  return names.flatMap((name) => {
    const [, digits, run] = /^([1-9]\d{0,14})(?:-(.+))?$/.exec(name) ?? []
    return digits === undefined ? [] : [{ name, number: Number(digits), run }]
  })
}

/** Answers whether it was not there. */
const makeFolder = (folder: string, disk: Disk): Promise<boolean> => unlessThere(disk.mkdirNew(folder))

async function make(file: string, disk: Disk): Promise<boolean> {
  return unlessThere(disk.open(file, 'wx').then((opened) => opened.close()))
}

const unlessThere = (made: Promise<void>): Promise<boolean> =>
  made.then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'EEXIST') return false
      throw error
    }
  )

/** When a run began, to the second. */
const timeOf = (run: string): string => run.slice(0, 17)
