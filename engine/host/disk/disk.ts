import { constants, copyFile, link, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'

/**
 * The calls of the file system by which journals, flows and documents come to the disk and back. They are given from
 * outside, so that tests can let any of them fail, or the power go off between two of them. Each rejects as those of
 * Node do: with an error that has the system's `code`.
 */
export interface Disk {
  open(file: string, flags: 'r' | 'r+' | 'a' | 'ax' | 'wx'): Promise<DiskFile>
  /** Rejects with ENOTFILE when it is no file, as a pipe would keep its reader waiting for ever. */
  readFile(file: string): Promise<Buffer>
  /** The names in a folder, in no order. */
  readdir(folder: string): Promise<string[]>
  /** Makes the folder and those above it; nothing happens when it is there. */
  mkdir(folder: string): Promise<void>
  /** Makes one folder. Rejects with EEXIST when the name is taken. */
  mkdirNew(folder: string): Promise<void>
  stat(file: string): Promise<DiskStat>
  /** The path without symbolic links. */
  realpath(file: string): Promise<string>
  /** Replaces `to`, if there, at one stroke. */
  rename(from: string, to: string): Promise<void>
  /** Gives a file a second name. Rejects with EEXIST when it is taken. */
  link(file: string, name: string): Promise<void>
  /** Copies a file to a name that is not taken yet. Rejects with EEXIST when it is. */
  copyFile(from: string, to: string): Promise<void>
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
  open,
  readFile: async (file) => {
    const handle = await open(file, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK))
    try {
      const found = await handle.stat()
      if (!found.isFile() && !found.isDirectory())
        throw Object.assign(new Error(`ENOTFILE: no file, open '${file}'`), { code: 'ENOTFILE' })
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  },
  readdir: (folder) => readdir(folder),
  mkdir: async (folder) => {
    await mkdir(folder, { recursive: true })
  },
  mkdirNew: async (folder) => {
    await mkdir(folder)
  },
  stat: (file) => stat(file),
  realpath: (file) => realpath(file),
  rename,
  link,
  copyFile: async (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
  rm: (file) => rm(file, { force: true }),
  rmFolder: (folder) => rm(folder, { recursive: true, force: true })
}
