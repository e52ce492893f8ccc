import type { Disk } from './disk.ts'

/** The same disk, on which all that is made is for this person alone: what runs did may be nobody else's business. */
export function privateDisk(disk: Disk): Disk {
  const made = known.get(disk) ?? {
    ...disk,
    open: (file, flags) => disk.open(file, flags, 0o600),
    mkdir: (folder) => disk.mkdir(folder, 0o700),
    mkdirNew: (folder) => disk.mkdirNew(folder, 0o700)
  }
  known.set(disk, made)
  return made
}

/** The same one for all who have the same disk, so that they share what is done for several of them. */
const known = new WeakMap<Disk, Disk>()
