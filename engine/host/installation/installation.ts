import { createHash } from 'node:crypto'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { privateDisk } from '../disk/privateDisk.ts'
import { atomicWrite } from '../files/atomicWrite.ts'
import { HostError } from '../hostError.ts'
import { withoutPassword } from '../mail/mailAccount.ts'

/**
 * What this installation of Tailrace knows, and no folder can tell it: which Designer Folders the person trusts, and which
 * runs were started here. Both are known by the real path of the folder, so that a copy is neither. Paths are absolute.
 */
export interface Installation {
  /** The folder of the sockets by which processes steer one another's runs. */
  readonly control: string
  /** Whether the person trusts this Designer Folder; false when it is not there. */
  trusts(folder: string): Promise<boolean>
  /** The person trusts this Designer Folder from now on. */
  trust(folder: string): Promise<void>
  /** What the run in this folder was started with; undefined when it was not started here. */
  startOf(run: string): Promise<RunStart | undefined>
  /** Keeps what the run in this folder is started with. */
  keepStart(run: string, start: RunStart): Promise<void>
  /** The run in this folder will not be resumed any more. */
  forget(run: string): Promise<void>
}

/** What a run was started with that its journal does not tell, so that it can go on in the same way. */
export interface RunStart {
  /** The account of mails that name none, as it was given; an address is kept without its password. */
  readonly mail: string
  /** The Designer Folder, absolute. */
  readonly root: string
}

/**
 * Opens what is kept under `userData`. There is a file for each folder and each run, so that several processes can write
 * at the same time without a lock, and a thousand runs that start at once write a thousand small files.
 */
export function openInstallation(userData: string, givenDisk: Disk = systemDisk): Installation {
  const disk = privateDisk(givenDisk)
  const home = path.join(userData, 'installation')
  const fileOf = (kind: 'folders' | 'runs', place: string): string =>
    path.join(home, kind, `${createHash('sha256').update(place).digest('hex').slice(0, 40)}.json`)

  const keep = async (kind: 'folders' | 'runs', fact: { readonly place: string }): Promise<void> => {
    await disk.mkdir(path.join(home, kind))
    await atomicWrite(fileOf(kind, fact.place), `${JSON.stringify(fact)}\n`, disk)
  }

  /** The fact about a place; undefined when there is none, or it is damaged: then nothing is known. */
  const read = async (kind: 'folders' | 'runs', place: string): Promise<object | undefined> => {
    try {
      const fact: unknown = JSON.parse((await disk.readFile(fileOf(kind, place))).toString('utf8'))
      const isOfPlace = typeof fact === 'object' && fact !== null && 'place' in fact && fact.place === place
      return isOfPlace ? fact : undefined
    } catch {
      return undefined
    }
  }

  return {
    control: path.join(userData, 'control'),
    async trusts(folder) {
      const place = await disk.realpath(folder).catch(() => undefined)
      return place !== undefined && (await read('folders', place)) !== undefined
    },
    trust: async (folder) => keep('folders', { place: await disk.realpath(folder) }),
    async startOf(run) {
      const place = await disk.realpath(run).catch(() => undefined)
      const fact = place === undefined ? undefined : await read('runs', place)
      return fact && isStart(fact) ? { mail: fact.mail, root: fact.root } : undefined
    },
    async keepStart(run, { mail, root }) {
      const start: RunStart = { mail: withoutPassword(mail), root: await disk.realpath(root) }
      await keep('runs', { place: await disk.realpath(run), ...start })
    },
    async forget(run) {
      // The run's own folder may be gone, the one it lay in is not.
      const home = await disk.realpath(path.dirname(run)).catch(() => path.dirname(run))
      await disk.rm(fileOf('runs', path.join(home, path.basename(run))))
    }
  }
}

/** The real path of a Designer Folder that the person trusts. Rejects with the HostError `folder-untrusted` for any other. */
export async function trustedRoot(
  installation: Installation,
  folder: string,
  disk: Disk = systemDisk
): Promise<string> {
  const root = await disk.realpath(folder).catch(() => folder)
  if (await installation.trusts(root)) return root
  throw new HostError('folder-untrusted', hostMessages.folderUntrusted(path.basename(folder)))
}

const isStart = (fact: object): fact is RunStart =>
  'mail' in fact && typeof fact.mail === 'string' && 'root' in fact && typeof fact.root === 'string'
