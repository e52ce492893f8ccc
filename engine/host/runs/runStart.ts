import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { atomicWrite } from '../files/atomicWrite.ts'
import { HostError } from '../hostError.ts'

/** What a run was started with that its journal does not tell, so that it can go on in the same way. */
export interface RunStart {
  /** The account of mails that name none, as it was given; an address is kept without its password. */
  readonly mail: string
  /** The Designer Folder, absolute. */
  readonly root: string
}

/** Where it is kept in the run's folder. */
const startName = 'start.json'

/** Keeps what the run in `folder` (absolute) was started with. */
export async function keepRunStart(folder: string, { mail, root }: RunStart, disk: Disk = systemDisk): Promise<void> {
  // Relative, so that a Designer Folder may be moved together with its runs.
  const kept = { mail: withoutPassword(mail), root: path.relative(folder, root) }
  await atomicWrite(path.join(folder, startName), `${JSON.stringify(kept)}\n`, disk)
}

/** What the run in `folder` was started with. Rejects with the HostError `run-start-missing`. */
export async function readRunStart(folder: string, disk: Disk = systemDisk): Promise<RunStart> {
  try {
    const kept: unknown = JSON.parse((await disk.readFile(path.join(folder, startName))).toString('utf8'))
    if (isKept(kept)) return { mail: kept.mail, root: path.resolve(folder, kept.root) }
  } catch {
    // Missing or damaged: told below.
  }
  throw new HostError('run-start-missing', hostMessages.runStartMissing(path.basename(folder), startName))
}

const isKept = (kept: unknown): kept is RunStart =>
  typeof kept === 'object' &&
  kept !== null &&
  'mail' in kept &&
  typeof kept.mail === 'string' &&
  'root' in kept &&
  typeof kept.root === 'string'

/** The address of a mail server with this password, if it names a user and no password; any other account as it is. */
export function withPassword(mail: string, password: string | undefined): string {
  const url = addressOf(mail)
  if (!url || url.username === '' || url.password !== '' || password === undefined) return mail
  url.password = password
  return url.href
}

function withoutPassword(mail: string): string {
  const url = addressOf(mail)
  if (!url || url.password === '') return mail
  url.password = ''
  return url.href
}

const addressOf = (mail: string): URL | undefined =>
  /^smtps?:\/\//i.test(mail) && URL.canParse(mail) ? new URL(mail) : undefined
