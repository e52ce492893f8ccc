import type { Disk } from './disk.ts'

/** The same disk, on which all that is made is for this person alone: what runs did may be nobody else's business. */
export const privateDisk = (disk: Disk): Disk => ({
  ...disk,
  open: (file, flags) => disk.open(file, flags, 0o600),
  mkdir: (folder) => disk.mkdir(folder, 0o700),
  mkdirNew: (folder) => disk.mkdirNew(folder, 0o700)
})
