import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Owner } from '../runs/owner.ts'

/** The longest path of a socket that every system takes, in bytes. */
const longestPath = 100

/**
 * Where a process listens for what others want of its runs: a socket in `home`, a folder of this person's, or a named pipe on
 * Windows. Made of the process alone, so that whoever reads from a run which process carries it knows where to ask; nothing
 * in the folder of a run can lead elsewhere.
 */
export function controlAddress(home: string, { pid, since, host, boot, namespace }: Owner): string {
  const name = createHash('sha256')
    .update([home, pid, since, host, boot, namespace].join('\n'))
    .digest('hex')
    .slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\tailrace-${name}`
  const usual = path.join(home, name)
  return Buffer.byteLength(usual) <= longestPath ? usual : path.join(shortHome(), name)
}

/** Makes the folder of a socket. Rejects when others than its person can get into it. */
export async function makeControlFolder(address: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = path.dirname(address)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = await lstat(folder)
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) throw new Error(`Others can get into ${folder}`)
}

/** For where the folder of this person has too long a path. */
const shortHome = (): string => path.join('/tmp', `tailrace-${String(os.userInfo().uid)}`)
