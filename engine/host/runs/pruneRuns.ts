import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { syncFolder } from '../files/atomicWrite.ts'
import { systemCode } from '../hostError.ts'
import { forgetNumber } from './runNumbers.ts'
import { type ListedRun, listRuns } from './runsList.ts'

/** What is kept of the settled runs. A limit that is absent keeps all. */
export interface Retention {
  /** So many runs of each flow, the newest. */
  readonly keepPerFlow?: number
  /** The runs that started within so many days. */
  readonly keepDays?: number
  /** Wall time, in milliseconds since 1970. */
  readonly now: number
}

const day = 86_400_000

/** What the folder of a run is called while it is being deleted: no run any more. */
const deleting = '.deleted-'

/**
 * Deletes the oldest settled runs under `base` (a Process Folder) beyond the limits, folders and all, and answers which. Runs
 * that are going on, interrupted or damaged stay, and those whose background failed: somebody has to look at them.
 */
export async function pruneRuns(
  base: string,
  { keepPerFlow, keepDays, now }: Retention,
  disk: Disk = systemDisk
): Promise<ListedRun[]> {
  const byHome = new Map<string, ListedRun[]>()
  for (const run of await listRuns(base)) {
    const home = path.dirname(run.folder)
    byHome.set(home, [...(byHome.get(home) ?? []), run])
  }
  const pruned: ListedRun[] = []
  for (const [home, runs] of byHome) {
    await finishDeleting(home, disk)
    for (const [place, run] of runs.entries()) {
      if (!mayGo(run)) continue
      const startedAt = Date.parse(run.summary?.startedAt ?? '')
      const tooMany = keepPerFlow !== undefined && place >= keepPerFlow
      const tooOld = keepDays !== undefined && startedAt < now - keepDays * day
      if (!tooMany && !tooOld) continue
      // Out of the list at one stroke: a run that is half deleted would look damaged.
      const grave = path.join(home, `${deleting}${run.id}-${randomBytes(4).toString('hex')}`)
      // Another process may have been faster.
      const isMine = await disk.rename(run.folder, grave).then(
        () => true,
        (error: unknown) => {
          if (systemCode(error) === 'ENOENT') return false
          throw error
        }
      )
      if (!isMine) continue
      pruned.push(run)
      await syncFolder(home, disk)
      await disk.rmFolder(grave)
      await forgetNumber(home, run.id, disk)
    }
  }
  return pruned
}

const mayGo = ({ state, problem }: ListedRun): boolean =>
  (state === 'completed' || state === 'failed' || state === 'cancelled') && problem === undefined

/** Deletes what an earlier attempt has left. */
async function finishDeleting(home: string, disk: Disk): Promise<void> {
  for (const name of await disk.readdir(home)) if (name.startsWith(deleting)) await disk.rmFolder(path.join(home, name))
}
