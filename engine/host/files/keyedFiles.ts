import { createHash } from 'node:crypto'
import path from 'node:path'
import { type OnDiskTrouble, orSuspended } from '../disk/diskTrouble.ts'
import type { Disk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'
import { syncFolder, writeAll } from './atomicWrite.ts'

/** Files of which each is made once for a key, however often that is tried: also by a process after one that was killed. */
export interface KeyedFiles {
  /**
   * The name of the file for `key`, which is made unless it is there. `choose` gives a name that is not taken; `create` makes
   * the file whole and so that it survives a power cut, and rejects with EEXIST when there is one. Rejects as they do.
   */
  make(
    key: string,
    choose: (taken: ReadonlySet<string>) => string,
    create: (file: string) => Promise<void>
  ): Promise<string>
  /** Lets nothing more begin: whoever wants a file waits for ever. Resolves once what is under way has ended. */
  close(): Promise<void>
}

/** Tells contents apart, for keys: a step that comes to something else when it is tried again makes another file. */
export const digestOf = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 32)

/** The file in the folder that tells which name belongs to which key: a line for each, written before the file is made. */
const ledgerName = '.keys'

interface Names {
  readonly ofKey: Map<string, string>
  readonly taken: Set<string>
}

/**
 * One process at a time has the files in `folder`; where the folder is missing, it is made. With `onTrouble`, whoever wants a
 * file that the disk does not take waits for ever: the run is to be suspended.
 */
export function keyedFiles(folder: string, disk: Disk, onTrouble?: OnDiskTrouble): KeyedFiles {
  let loading: Promise<Names> | undefined
  const load = (): Promise<Names> => {
    loading ??= readNames(folder, disk)
    loading.catch(() => (loading = undefined))
    return loading
  }
  const making = new Map<string, Promise<string>>()

  const make: KeyedFiles['make'] = async (key, choose, create) => {
    const { ofKey, taken } = await load()
    const known = ofKey.get(key)
    if (known !== undefined && (await isWhole(path.join(folder, known), disk))) {
      // Whoever made it may have ended before its name was safe.
      await syncFolder(folder, disk)
      return known
    }
    for (let wanted = known; ; wanted = undefined) {
      const name = wanted ?? choose(taken)
      taken.add(name)
      if (wanted === undefined) {
        await note(path.join(folder, ledgerName), [key, name], disk)
        ofKey.set(key, name)
      }
      try {
        await create(path.join(folder, name))
        return name
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error
      }
    }
  }

  let closed = false

  return {
    async make(key, choose, create) {
      if (closed) return new Promise<never>(() => undefined)
      const made = making.get(key) ?? make(key, choose, create).finally(() => making.delete(key))
      making.set(key, made)
      return orSuspended(made, onTrouble)
    },
    async close() {
      closed = true
      await Promise.allSettled(making.values())
    }
  }
}

async function readNames(folder: string, disk: Disk): Promise<Names> {
  await disk.mkdir(folder)
  // There before any file is, also after a power cut.
  await disk.open(path.join(folder, ledgerName), 'a').then((file) => file.close())
  await syncFolder(folder, disk)
  const ofKey = new Map<string, string>()
  for (const line of (await disk.readFile(path.join(folder, ledgerName))).toString('utf8').split('\n')) {
    const entry = entryOf(line)
    if (entry) ofKey.set(...entry)
  }
  return { ofKey, taken: new Set([...(await disk.readdir(folder)), ...ofKey.values()]) }
}

/** What a line tells; undefined when it was cut off: then its file had not been begun. */
function entryOf(line: string): [string, string] | undefined {
  try {
    const entry: unknown = JSON.parse(line)
    const [key, name] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const isName = typeof name === 'string' && path.basename(name) === name
    return typeof key === 'string' && isName ? [key, name] : undefined
  } catch {
    return undefined
  }
}

/** Adds a line, which begins with its break: what was cut off before it stays a line of its own. */
async function note(ledger: string, entry: readonly [string, string], disk: Disk): Promise<void> {
  const file = await disk.open(ledger, 'a')
  try {
    await writeAll(file, Buffer.from(`\n${JSON.stringify(entry)}`))
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Whether the file is there. One without any bytes has kept a name, and is made anew. */
async function isWhole(file: string, disk: Disk): Promise<boolean> {
  const size = await disk.stat(file).then(
    (found) => found.size,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined
      throw error
    }
  )
  if (size === 0) await disk.rm(file)
  return size !== undefined && size > 0
}
