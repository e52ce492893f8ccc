import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { syncFolder } from '../files/atomicWrite.ts'
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

export function flowTrash(root: string): FlowTrash {
  const home = path.join(root, trashName)
  return {
    async take(relative) {
      const token = randomUUID()
      const place = path.join(home, token, relative)
      await mkdir(path.dirname(place), { recursive: true })
      // The trash is nothing to be kept in a version control system.
      await writeFile(path.join(home, '.gitignore'), '*\n')
      await rename(path.join(root, relative), place)
      await syncFolder(path.dirname(place))
      await syncFolder(path.dirname(path.join(root, relative)))
      return token
    },
    async giveBack(token) {
      const removed = /^[\da-f-]{36}$/.test(token) ? await theFileIn(path.join(home, token)) : undefined
      if (removed === undefined) throw new HostError('trash-missing', hostMessages.trashMissing)
      const folder = path.join(root, path.dirname(removed))
      await mkdir(folder, { recursive: true })
      const name = freeName(path.basename(removed), await readdir(folder))
      await rename(path.join(home, token, removed), path.join(folder, name))
      await syncFolder(folder)
      await rm(path.join(home, token), { recursive: true, force: true })
      return path.posix.join(path.dirname(removed).split(path.sep).join('/'), name)
    }
  }
}

/** The relative path of the one file under `folder`. */
async function theFileIn(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const file = entries.find((entry) => entry.isFile())
  return file && path.relative(folder, path.join(file.parentPath, file.name))
}
