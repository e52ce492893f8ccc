import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Disk, type DiskFile, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'

/**
 * Writes a whole file so that a reader sees the old text or the new one, never a part, and so that the new one survives
 * a power cut once this resolves. When it rejects, the old text is still there and nothing else is left behind; only when
 * the folder cannot be flushed, which comes last, the new one is. `check` is asked right before the new text takes the place
 * of the old one, and may reject.
 */
export async function atomicWrite(
  file: string,
  content: string | Uint8Array,
  disk: Disk = systemDisk,
  check?: () => Promise<void>
): Promise<void> {
  await syncFolder(path.dirname(await replaceFile(file, content, disk, check)), disk)
}

/**
 * The first half of `atomicWrite`: what the file holds is safe, but until the folder is flushed a power cut may bring the
 * old file back. Answers the path of the file itself.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  disk: Disk,
  check?: () => Promise<void>
): Promise<string> {
  // Through a symbolic link the file itself is replaced, not the link.
  const target = await disk.realpath(file).catch(() => file)
  const mode = (await disk.stat(target).catch(() => undefined))?.mode
  await viaDraft(disk, target, async (draft) => {
    await writeNew(disk, draft, content, { flush: true, mode })
    await check?.()
    await replace(disk, draft, target)
  })
  return target
}

/** As `atomicWrite`, for a file that must not exist yet: rejects with EEXIST when it does. */
export async function atomicCreate(file: string, content: string | Uint8Array, disk: Disk = systemDisk): Promise<void> {
  await viaDraft(disk, file, async (draft) => {
    await writeNew(disk, draft, content, { flush: true })
    await nameNew(disk, draft, file)
  })
  await syncFolder(path.dirname(file), disk)
}

/** As `atomicWrite` without waiting for the disk: a power cut may leave the file as it was, empty or missing. */
export async function quickWrite(file: string, content: string, disk: Disk): Promise<void> {
  await viaDraft(disk, file, async (draft) => {
    await writeNew(disk, draft, content, { flush: false })
    await replace(disk, draft, file)
  })
}

/** As `atomicCreate` without waiting for the disk: a power cut may leave the file empty or missing. */
export async function quickCreate(file: string, content: string, disk: Disk): Promise<void> {
  await viaDraft(disk, file, async (draft) => {
    await writeNew(disk, draft, content, { flush: false })
    await nameNew(disk, draft, file)
  })
}

/** As `atomicCreate`, with the content of the file `from`. */
export async function atomicCopy(from: string, file: string, disk: Disk = systemDisk): Promise<void> {
  await viaDraft(disk, file, async (draft) => {
    const copy = await disk.open(draft, 'wx')
    try {
      for (let at = 0, bytes; (bytes = await disk.readRange(from, at, copied)).length > 0; at += bytes.length)
        await writeAll(copy, bytes)
      await copy.sync()
    } finally {
      await copy.close()
    }
    await nameNew(disk, draft, file)
  })
  await syncFolder(path.dirname(file), disk)
}

/** Names have 255 bytes at most. */
const longestStart = 230

/** So many bytes are copied at a time. */
const copied = 1_000_000

/** Writes all of `bytes`: the system may take fewer at a time. Rejects when it takes none. */
export async function writeAll(file: Pick<DiskFile, 'write'>, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written)
    if (bytesWritten === 0) throw new Error('The disk took no more bytes.')
    written += bytesWritten
  }
}

/**
 * Makes the names in a folder survive a power cut. Windows has no such thing for folders, and needs none. Those who want the same
 * folder flushed while it is being flushed share the next time, which begins when all of them have made their changes.
 */
export async function syncFolder(folder: string, disk: Disk = systemDisk): Promise<void> {
  if (process.platform === 'win32') return
  const folders = flushes.get(disk) ?? new Map<string, Flushes>()
  flushes.set(disk, folders)
  const { now, next } = folders.get(folder) ?? {}
  if (next) return next
  const flush = async (): Promise<void> => {
    const handle = await disk.open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  }
  const mine = now ? now.catch(() => undefined).then(flush) : flush()
  if (now) folders.set(folder, { now, next: mine })
  else folders.set(folder, { now: mine })
  const over = (): void => {
    const { next: following } = folders.get(folder) ?? {}
    if (following && following !== mine) folders.set(folder, { now: following })
    else folders.delete(folder)
  }
  void mine.then(over, over)
  return mine
}

/** The flush of a folder that is under way, and the one that begins then. */
interface Flushes {
  readonly now: Promise<void>
  readonly next?: Promise<void>
}

const flushes = new WeakMap<Disk, Map<string, Flushes>>()

/** Whether a file is what a process that ended in the midst of writing may have left. */
export const isDraft = (name: string): boolean => name.startsWith('.') && name.endsWith('.tmp')

/** Gives `task` a name for the unfinished file beside `file`. Nothing of that name is left behind when it fails. */
async function viaDraft(disk: Disk, file: string, task: (draft: string) => Promise<void>): Promise<void> {
  const name = path.basename(file)
  // Called after the file, unless that has as long a name as can be.
  const start = Buffer.byteLength(name) > longestStart ? '' : `.${name}`
  const draft = path.join(path.dirname(file), `${start}.${randomBytes(6).toString('hex')}.tmp`)
  await task(draft).catch(async (error: unknown) => {
    await disk.rm(draft).catch(() => undefined)
    throw error
  })
}

async function writeNew(
  disk: Disk,
  file: string,
  content: string | Uint8Array,
  { flush, mode }: { readonly flush: boolean; readonly mode?: number | undefined }
): Promise<void> {
  const handle = await disk.open(file, 'wx')
  try {
    if (mode !== undefined) await handle.chmod(mode & 0o7777)
    await writeAll(handle, typeof content === 'string' ? Buffer.from(content) : content)
    if (flush) await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * A second name for the draft, as renaming would replace a file that is there. On a disk without second names an empty file
 * keeps the name until the draft takes its place.
 */
async function nameNew(disk: Disk, draft: string, file: string): Promise<void> {
  try {
    await disk.link(draft, file)
    await disk.rm(draft).catch(() => undefined)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error
    await disk.open(file, 'wx').then((handle) => handle.close())
    try {
      await replace(disk, draft, file)
    } catch (failure) {
      await disk.rm(file).catch(() => undefined)
      throw failure
    }
  }
}

/** Renames; on Windows a virus scanner may hold the file for a moment. */
async function replace(disk: Disk, from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await disk.rename(from, to)
      return
    } catch (error) {
      const code = systemCode(error)
      if (attempt === 6 || (code !== 'EPERM' && code !== 'EBUSY' && code !== 'EACCES') || process.platform !== 'win32')
        throw error
      await pause(20 * attempt)
    }
  }
}
