import { randomBytes } from 'node:crypto'
import { constants, copyFile, type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemCode } from './hostError.ts'

/** How much is copied at a time, in bytes. */
const copied = 262_144

/**
 * Writes a whole file so that a reader sees the old text or the new one, never a part, and so that the new one survives
 * a power cut once this resolves. When it rejects, the old text is still there and nothing else is left behind.
 */
export async function atomicWrite(file: string, content: string | Uint8Array): Promise<void> {
  // Through a symbolic link the file itself is replaced, not the link.
  const target = await realpath(file).catch(() => file)
  const draft = draftOf(target)
  const mode = (await stat(target).catch(() => undefined))?.mode
  try {
    await writeNew(draft, content, mode)
    await replace(draft, target)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(path.dirname(target))
}

/** As `atomicWrite`, for a file that must not exist yet: rejects with EEXIST when it does. */
export const atomicCreate = (file: string, content: string | Uint8Array): Promise<void> =>
  createWhole(file, (draft) => writeNew(draft, content, undefined))

/** As `atomicCreate`, with what `from` holds. */
export const atomicCopy = (from: string, file: string): Promise<void> =>
  createWhole(file, async (draft) => {
    const source = await open(from, 'r')
    try {
      const target = await open(draft, 'wx')
      try {
        await writeRest(source, target)
        await target.sync()
      } finally {
        await target.close()
      }
    } finally {
      await source.close()
    }
  })

async function writeRest(source: FileHandle, target: FileHandle): Promise<void> {
  const chunk = Buffer.alloc(copied)
  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, copied)
    if (bytesRead === 0) return
    await writeAll(target, chunk.subarray(0, bytesRead))
  }
}

async function createWhole(file: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = draftOf(file)
  try {
    await write(draft)
    // A second name for the file, as renaming would replace one that is there; some disks have no second names.
    await link(draft, file).catch((error: unknown) => {
      if (systemCode(error) === 'EEXIST') throw error
      return copyFile(draft, file, constants.COPYFILE_EXCL)
    })
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
  await syncFolder(path.dirname(file))
}

/** Writes all of `bytes`: the system may take fewer at a time. Rejects when it takes none. */
export async function writeAll(handle: Pick<FileHandle, 'write'>, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written)
    if (bytesWritten === 0) throw new Error('The disk took no more bytes.')
    written += bytesWritten
  }
}

/** Makes the names in a folder survive a power cut. Windows has no such thing for folders, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A name for the unfinished file beside the one it becomes. */
const draftOf = (file: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`)

async function writeNew(file: string, content: string | Uint8Array, mode: number | undefined): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    if (mode !== undefined) await handle.chmod(mode & 0o7777)
    await writeAll(handle, typeof content === 'string' ? Buffer.from(content) : content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Renames; on Windows a virus scanner may hold the file for a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const code = systemCode(error)
      if (attempt === 6 || (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES') || process.platform !== 'win32')
        throw error
      await pause(20 * attempt)
    }
  }
}
