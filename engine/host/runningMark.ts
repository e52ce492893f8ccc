import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The file in a run's folder that says which process is running it. It is gone once the run is settled. */
const markName = 'running.json'

/** Marks the run in `folder` as run by this process. Returns what takes the mark away again. */
export async function markRunning(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, markName)
  await writeFile(file, JSON.stringify({ pid: process.pid, since: await startOf(process.pid) }))
  return () => rm(file, { force: true })
}

/** Whether the process that marked the run in `folder` is still there. */
export async function isRunning(folder: string): Promise<boolean> {
  try {
    const mark: unknown = JSON.parse(await readFile(path.join(folder, markName), 'utf8'))
    if (typeof mark !== 'object' || mark === null || !('pid' in mark) || typeof mark.pid !== 'number') return false
    process.kill(mark.pid, 0)
    return !('since' in mark) || mark.since === (await startOf(mark.pid))
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, in the system's own measure: tells it from a later one with the same number. '' if unknown. */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
