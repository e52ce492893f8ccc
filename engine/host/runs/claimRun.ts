import { randomBytes } from 'node:crypto'
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { HostError, systemCode } from '../hostError.ts'
import { readSummary } from './runSummary.ts'

/** A process carries a run, and no other one may. */
export interface Claim {
  /** Counts the processes that have carried the run, from 1. */
  readonly epoch: number
  /** Lets go of the run: it is settled, or others may carry it on. */
  release(): Promise<void>
}

/** What the file of a claim says of the process that made it. */
interface Owner {
  readonly pid: number
  /** When that process began, in the system's own measure; '' if unknown. */
  readonly since: string
}

/**
 * Claims the run in `folder` for this process. A claim whose process has gone is taken over. Rejects with HostError
 * `run-running` when another process, or this one, carries the run.
 */
export async function claimRun(folder: string): Promise<Claim> {
  for (;;) {
    const newest = (await claims(folder)).at(-1)
    if (newest && (await isAlive(newest.file)))
      throw new HostError('run-running', hostMessages.runRunning(path.basename(folder)))
    const epoch = 1 + Math.max(newest?.epoch ?? 0, (await readSummary(folder))?.epoch ?? 0)
    if (!(await make(folder, epoch))) continue
    const all = await claims(folder)
    // Somebody slow to look may have made an old number new.
    if (all.at(-1)?.epoch !== epoch) {
      await rm(claimFile(folder, epoch), { force: true })
      continue
    }
    for (const old of all.slice(0, -1)) await rm(old.file, { force: true })
    return { epoch, release: () => rm(claimFile(folder, epoch), { force: true }) }
  }
}

/** Whether the process that claimed the run in `folder` is still there. */
export async function isRunning(folder: string): Promise<boolean> {
  const newest = (await claims(folder)).at(-1)
  return newest !== undefined && isAlive(newest.file)
}

/** The file in a run's folder that says which process carries it; each takeover has a file of its own. */
const claimFile = (folder: string, epoch: number): string =>
  path.join(folder, epoch === 1 ? 'running.json' : `running-${epoch}.json`)

/** The claims in a folder, oldest first. */
async function claims(folder: string): Promise<{ readonly epoch: number; readonly file: string }[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  return names
    .map((name) => /^running(?:-([1-9]\d{0,8}))?\.json$/.exec(name))
    .filter((found) => found !== null)
    .map(([name, epoch]) => ({ epoch: Number(epoch ?? 1), file: path.join(folder, name) }))
    .sort((one, other) => one.epoch - other.epoch)
}

/** Makes the file of a claim, whole from the start; false when somebody was faster. */
async function make(folder: string, epoch: number): Promise<boolean> {
  const owner: Owner = { pid: process.pid, since: await startOf(process.pid) }
  const draft = path.join(folder, `.running.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeFile(draft, JSON.stringify(owner), { flag: 'wx' })
    await link(draft, claimFile(folder, epoch)).catch((error: unknown) => {
      if (systemCode(error) === 'EEXIST') throw error
      // A disk without second names: a reader may see the file before it is whole, and takes it for nobody's.
      return writeFile(claimFile(folder, epoch), JSON.stringify(owner), { flag: 'wx' })
    })
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function isAlive(file: string): Promise<boolean> {
  try {
    const owner: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || typeof owner.pid !== 'number') return false
    process.kill(owner.pid, 0)
    return !('since' in owner) || owner.since === (await startOf(owner.pid))
  } catch (error) {
    // Somebody else's process may not be asked, but it is there; and what cannot be read now is not to be taken over.
    return !(error instanceof SyntaxError) && !['ENOENT', 'ESRCH'].includes(systemCode(error))
  }
}

/**
 * When a process began, in the system's own measure: tells it from a later one with the same number. '' if unknown, or if it
 * has ended and only its parent has not heard of it.
 */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? '' : (fields[19] ?? '')
}
