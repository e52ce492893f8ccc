import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import type { Disk } from '../disk/disk.ts'
import { quickWrite, syncFolder } from '../files/atomicWrite.ts'
import { freeName } from './flowFileName.ts'
import { HostError } from '../hostError.ts'

/** Where removed flows are, inside the Designer Folder: `.trash/<token>/<path as it was>`. */
export const trashName = '.trash'

/** Keeps removed files until somebody wants them back. */
export interface FlowTrash {
  /** Moves the file at `relative` into the trash. Answers the token for it. */
  take(relative: string): Promise<string>
  /** Moves it back, under another name if its own is taken. Answers its path. Rejects with HostError `trash-missing`. */
  giveBack(token: string): Promise<string>
}

export function flowTrash(root: string, disk: Disk): FlowTrash {
  const home = path.join(root, trashName)
  return {
    async take(relative) {
      const token = randomUUID()
      const place = path.join(home, token, relative)
      await disk.mkdir(path.dirname(place))
      // The trash is nothing to be kept in a version control system.
      await quickWrite(path.join(home, '.gitignore'), '*\n', disk)
      await disk.rename(path.join(root, relative), place)
      await syncFolder(path.dirname(place), disk)
      await syncFolder(path.dirname(path.join(root, relative)), disk)
      return token
    },
    async giveBack(token) {
      const removed = /^[\da-f-]{36}$/.test(token) ? await theFileIn(path.join(home, token), disk) : undefined
      if (removed === undefined) throw new HostError('trash-missing', hostMessages.trashMissing)
      const folder = path.join(root, path.dirname(removed))
      await disk.mkdir(folder)
      const name = freeName(path.basename(removed), await disk.readdir(folder))
      await disk.rename(path.join(home, token, removed), path.join(folder, name))
      await syncFolder(folder, disk)
      await disk.rmFolder(path.join(home, token))
      return path.posix.join(path.dirname(removed).split(path.sep).join('/'), name)
    }
  }
}

/** The relative path of the one file under `folder`. */
async function theFileIn(folder: string, disk: Disk): Promise<string | undefined> {
  for (const name of await disk.readdir(folder).catch(() => [])) {
    const found = await disk.stat(path.join(folder, name))
    const inner = found.isFile() ? '' : await theFileIn(path.join(folder, name), disk)
    if (inner !== undefined) return path.join(name, inner)
  }
  return undefined
}
