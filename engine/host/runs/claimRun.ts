import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { quickCreate } from '../files/atomicWrite.ts'
import { HostError, systemCode } from '../hostError.ts'
import { type Owner, type Processes, readOwner, systemProcesses } from './owner.ts'

/** A process carries a run, and no other one may. */
export interface Claim {
  /** Counts the processes that have carried the run, from 1. */
  readonly epoch: number
  /** Rejects with HostError `run-taken-over` when the run is not this process's any more. */
  check(): Promise<void>
  /** Lets go of the run: it is settled, or others may carry it on. Never rejects. */
  release(): Promise<void>
}

export interface ClaimOptions {
  readonly disk?: Disk
  readonly processes?: Processes
  /** The epoch is to be higher than this one. */
  readonly above?: number
}

/**
 * Claims the run in `folder` for this process. A claim is a file whose name counts: only one process can make the next one,
 * and only once all owners before are proved to be gone. The newest claim stays when it is let go of, under another name, so
 * that no number is given twice. Rejects with HostError `run-running` when a process may still be carrying the run.
 */
export async function claimRun(folder: string, options: ClaimOptions = {}): Promise<Claim> {
  const { disk = systemDisk, processes = systemProcesses, above = 0 } = options
  for (;;) {
    const before = await claimsIn(folder, disk)
    const holder = await holderOf(folder, before, disk, processes)
    if (holder) throw new HostError('run-running', await whoHolds(folder, holder, processes))
    const newest = before.at(-1)
    const epoch = 1 + Math.max(above, newest?.epoch ?? 0)
    if (newest && digitsOf(epoch) > mostDigits)
      throw new HostError('claim-number', hostMessages.claimNumber(path.basename(folder), newest.name))
    const file = path.join(folder, claimName(epoch))
    const id = randomUUID()
    if (!(await make(file, { ...(await processes.self()), id }, disk))) continue
    const others = (await claimsIn(folder, disk)).filter(({ name }) => name !== claimName(epoch))
    // Somebody slow to look may have made an old number new; and what was half written a moment ago may be whole.
    if (others.some((one) => one.epoch >= epoch) || (await holderOf(folder, before, disk, processes))) {
      await disk.rm(file)
      continue
    }
    const claim = {
      epoch,
      check: () => check(folder, file, disk),
      release: () => release(file, path.join(folder, letGoName(epoch)), id, disk)
    }
    try {
      for (const { name } of others) await disk.rm(path.join(folder, name))
    } catch (error) {
      await claim.release()
      throw error
    }
    return claim
  }
}

/** Whether a process may still be carrying the run in `folder`. */
export async function isRunning(folder: string, options: Omit<ClaimOptions, 'above'> = {}): Promise<boolean> {
  return (await carrierOf(folder, options)) !== undefined
}

/** The process that may be carrying the run in `folder`; undefined when none is. */
export async function carrierOf(folder: string, options: Omit<ClaimOptions, 'above'> = {}): Promise<Owner | undefined> {
  const { disk = systemDisk, processes = systemProcesses } = options
  return (await holderOf(folder, await claimsIn(folder, disk), disk, processes))?.owner
}

/** A file in the folder of a run that tells which process carries it, or, once `letGo`, that one did. */
interface ClaimFile {
  readonly name: string
  readonly epoch: number
  readonly letGo: boolean
}

/** What tells of an owner has fewer bytes. */
const mostOwner = 10_000

interface Holder {
  readonly owner: Owner
  readonly claim: ClaimFile
}

/** Longer numbers could not be counted on. */
const mostDigits = 15

const digitsOf = (epoch: number): number => String(epoch).length

/** The name of a claim. */
const claimName = (epoch: number): string => (epoch === 1 ? 'running.json' : `running-${epoch}.json`)

/** Its name once it has been let go of. */
const letGoName = (epoch: number): string => `.carried-${epoch}.json`

/** The claims in a folder, oldest first. */
async function claimsIn(folder: string, disk: Disk): Promise<ClaimFile[]> {
  const names = await disk.readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  return names
    .map((name) => /^(?:running(?:-([1-9]\d{0,14}))?|(\.carried)-([1-9]\d{0,14}))\.json$/.exec(name))
    .filter((found) => found !== null)
    .map(([name, running, carried, was]) => ({
      name,
      epoch: Number(running ?? was ?? 1),
      letGo: carried !== undefined
    }))
    .sort((one, other) => one.epoch - other.epoch)
}

/** The first of the claims whose process may still be there. */
async function holderOf(
  folder: string,
  claims: readonly ClaimFile[],
  disk: Disk,
  processes: Processes
): Promise<Holder | undefined> {
  for (const claim of claims) {
    if (claim.letGo) continue
    const owner = await ownerOf(path.join(folder, claim.name), disk)
    if (owner && !letGo.has(owner.id ?? '') && !(await processes.hasEnded(owner))) return { owner, claim }
  }
  return undefined
}

/** Whose claim it is; nobody's when it is gone or no owner can be read from it. */
async function ownerOf(file: string, disk: Disk): Promise<Owner | undefined> {
  try {
    return readOwner((await disk.readFile(file, mostOwner)).toString('utf8'))
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTFILE', 'ELOOP', 'EFBIG'].includes(systemCode(error))) return undefined
    throw error
  }
}

async function whoHolds(folder: string, { owner, claim }: Holder, processes: Processes): Promise<string> {
  const run = path.basename(folder)
  const { host, namespace } = await processes.self()
  if (owner.host === host && owner.namespace === namespace) return hostMessages.runRunning(run)
  const [name = ''] = owner.host.split(' ')
  return owner.host === '' ? hostMessages.runRunning(run) : hostMessages.runElsewhere(run, name, claim.name)
}

/** Makes the file of a claim; false when somebody was faster. */
async function make(file: string, owner: Owner, disk: Disk): Promise<boolean> {
  try {
    await quickCreate(file, JSON.stringify(owner), disk)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Whoever takes a run over removes the claims of those before. */
async function check(folder: string, file: string, disk: Disk): Promise<void> {
  try {
    await disk.stat(file)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error))) throw error
    throw new HostError('run-taken-over', hostMessages.runTakenOver(path.basename(folder)))
  }
}

/** What this process let go of on a disk that did not take it: for others it ends with the process. */
const letGo = new Set<string>()

const release = (file: string, releasedFile: string, id: string, disk: Disk): Promise<void> =>
  disk.rename(file, releasedFile).catch(() => void letGo.add(id))
