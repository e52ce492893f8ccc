import { constants, type FileHandle, link, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'

/**
 * The calls of the file system by which journals, flows and documents come to the disk and back. They are given from
 * outside, so that tests can let any of them fail, or the power go off between two of them. Each rejects as those of
 * Node do: with an error that has the system's `code`.
 */
export interface Disk {
  /**
   * `r` opens a folder, so that it can be flushed. A file that is there already is written to only when it is one, as with
   * `readFile`. `mode`: who may use a file that is made here.
   */
  open(file: string, flags: 'r' | 'r+' | 'a' | 'ax' | 'wx', mode?: number): Promise<DiskFile>
  /**
   * All that stands in a file. Rejects with ENOTFILE when it is no file, as a pipe would keep its reader waiting for ever;
   * with ELOOP when it is a link, since whoever may follow one asks for its real path first; with EFBIG when it has more
   * than `most` bytes.
   */
  readFile(file: string, most?: number): Promise<Buffer>
  /** `length` bytes of a file from `start` on; fewer where it ends. Rejects as `readFile` does. */
  readRange(file: string, start: number, length: number): Promise<Buffer>
  /** The names in a folder, in no order. */
  readdir(folder: string): Promise<string[]>
  /** Makes the folder and those above it; nothing happens when it is there. `mode`: who may use what is made here. */
  mkdir(folder: string, mode?: number): Promise<void>
  /** Makes one folder. Rejects with EEXIST when the name is taken. */
  mkdirNew(folder: string, mode?: number): Promise<void>
  stat(file: string): Promise<DiskStat>
  /** The path without symbolic links. */
  realpath(file: string): Promise<string>
  /** Replaces `to`, if there, at one stroke. */
  rename(from: string, to: string): Promise<void>
  /** Gives a file a second name. Rejects with EEXIST when it is taken. */
  link(file: string, name: string): Promise<void>
  /** Removes a file; nothing happens when there is none. */
  rm(file: string): Promise<void>
  /** Removes a folder with all that is in it; nothing happens when there is none. */
  rmFolder(folder: string): Promise<void>
}

/** An open file or folder. What was written survives a power cut once a sync has resolved. */
export interface DiskFile {
  /** Writes at the end, or from the start of a new file on. May take fewer bytes than it was given. */
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>
  /** As `sync`, without waiting for times of change and the like. */
  datasync(): Promise<void>
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  chmod(mode: number): Promise<void>
  close(): Promise<void>
}

export interface DiskStat {
  /** Bytes. */
  readonly size: number
  readonly mode: number
  isFile(): boolean
}

/** The disk of this computer. */
export const systemDisk: Disk = {
  open: async (file, flags, mode) => {
    const handle = await open(file, waysToOpen[flags], mode)
    if (flags === 'a' || flags === 'r+') await refuseOthers(handle, file)
    return handle
  },
  readFile: (file, most = largestFile) =>
    reading(file, async (handle, { size }) => {
      if (size > most) throw failure('EFBIG', `file too large, open '${file}'`)
      return handle.readFile()
    }),
  readRange: (file, start, length) =>
    reading(file, async (handle, { size }) => {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - start)))
      let read = 0
      while (read < bytes.length) {
        const { bytesRead } = await handle.read(bytes, read, bytes.length - read, start + read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      return bytes.subarray(0, read)
    }),
  readdir: (folder) => readdir(folder),
  mkdir: async (folder, mode) => {
    await mkdir(folder, { recursive: true, ...(mode !== undefined && { mode }) })
  },
  mkdirNew: (folder, mode) => mkdir(folder, mode),
  stat: (file) => stat(file),
  realpath: (file) => realpath(file),
  rename,
  link,
  rm: (file) => rm(file, { force: true }),
  rmFolder: (folder) => rm(folder, { recursive: true, force: true })
}

/** More bytes than Node reads at once. */
const largestFile = 2 ** 31 - 1

const { O_RDONLY, O_RDWR, O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants

/** Opened so, a pipe keeps nobody waiting, and a link is not followed. Windows knows neither of them. */
const careful = process.platform === 'win32' ? 0 : O_NOFOLLOW | O_NONBLOCK

const waysToOpen = {
  r: O_RDONLY,
  'r+': O_RDWR | careful,
  a: O_WRONLY | O_APPEND | O_CREAT | careful,
  ax: O_WRONLY | O_APPEND | O_CREAT | O_EXCL,
  wx: O_WRONLY | O_CREAT | O_TRUNC | O_EXCL
} as const

/** Lets `read` have a file that is one. */
async function reading<T>(
  file: string,
  read: (handle: FileHandle, found: { readonly size: number }) => Promise<T>
): Promise<T> {
  const handle = await open(file, O_RDONLY | careful)
  try {
    const found = await handle.stat()
    if (found.isDirectory()) throw failure('EISDIR', `illegal operation on a directory, read '${file}'`)
    if (!found.isFile()) throw failure('ENOTFILE', `no file, open '${file}'`)
    return await read(handle, found)
  } finally {
    await handle.close()
  }
}

/** Closes what is no file, and rejects. */
async function refuseOthers(handle: FileHandle, file: string): Promise<void> {
  const isFile = await handle.stat().then(
    (found) => found.isFile(),
    () => false
  )
  if (isFile) return
  await handle.close()
  throw failure('ENOTFILE', `no file, open '${file}'`)
}

const failure = (code: string, message: string): Error => Object.assign(new Error(`${code}: ${message}`), { code })
