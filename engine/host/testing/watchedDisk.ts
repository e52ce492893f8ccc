import type { Disk, DiskFile } from '../disk/disk.ts'

/**
 * A disk of which every call is seen before it is made. `onCall` may throw, then the call fails with that; or answer
 * 'short', then a write takes only half of what it is given. A promise is waited for.
 */
export function watchedDisk(inner: Disk, onCall: () => 'short' | undefined | Promise<undefined>): Disk {
  const call = async <T>(task: () => Promise<T>): Promise<T> => {
    await onCall()
    return task()
  }
  const file = (handle: DiskFile): DiskFile => ({
    write: async (bytes, offset, length) =>
      handle.write(bytes, offset, (await onCall()) === 'short' ? Math.ceil(length / 2) : length),
    sync: () => call(() => handle.sync()),
    datasync: () => call(() => handle.datasync()),
    truncate: (length) => call(() => handle.truncate(length)),
    chmod: (mode) => call(() => handle.chmod(mode)),
    // A file is closed even where that reports an error.
    close: async () => {
      await handle.close()
      await onCall()
    }
  })
  return {
    open: (name, flags, mode) => call(async () => file(await inner.open(name, flags, mode))),
    readFile: (name, most) => call(() => inner.readFile(name, most)),
    readRange: (name, start, length) => call(() => inner.readRange(name, start, length)),
    readdir: (folder) => call(() => inner.readdir(folder)),
    mkdir: (folder, mode) => call(() => inner.mkdir(folder, mode)),
    mkdirNew: (folder, mode) => call(() => inner.mkdirNew(folder, mode)),
    stat: (name) => call(() => inner.stat(name)),
    realpath: (name) => call(() => inner.realpath(name)),
    rename: (from, to) => call(() => inner.rename(from, to)),
    link: (name, other) => call(() => inner.link(name, other)),
    rm: (name) => call(() => inner.rm(name)),
    rmFolder: (folder) => call(() => inner.rmFolder(folder))
  }
}
