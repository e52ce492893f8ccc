import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Whether disks can be mounted here: that takes Linux, and its administrator. */
export const canMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('losetup', ['--find']).status === 0 &&
  spawnSync('mkfs.ext4', ['-V']).status === 0

/** A disk of its own, on which a file system is mounted, and whose power can be cut. */
export interface LoopDisk {
  /** Where it is mounted. */
  readonly path: string
  /**
   * Cuts the power: what the file system had not brought to the disk is lost, and the disk is mounted anew at the same place.
   * No process may have a file open there but those that `end` ends: what they do until then is lost in any case.
   */
  cut(end: () => Promise<void>): Promise<void>
  /** Takes it away. */
  release(): void
}

const run = (command: string, ...args: string[]): void => void execFileSync(command, args, { stdio: 'pipe' })

/** Makes a disk of 64 MB in `folder`, where images of it are kept too. */
export function loopDisk(folder: string): LoopDisk {
  let images = 0
  const image = (): string => path.join(folder, `disk-${images}.img`)
  const mounted = path.join(folder, 'disk')
  mkdirSync(mounted)
  writeFileSync(image(), '')
  truncateSync(image(), 64 * 1024 * 1024)
  run('mkfs.ext4', '-q', '-F', image())
  run('mount', '-o', 'loop', image(), mounted)
  return {
    path: mounted,
    async cut(end) {
      const before = image()
      images++
      // What is in the memory of the system, and not in the file behind the disk, is what a power cut loses.
      run('cp', '--sparse=always', before, image())
      await end()
      run('umount', '--lazy', mounted)
      run('mount', '-o', 'loop', image(), mounted)
    },
    release() {
      run('umount', '--lazy', mounted)
    }
  }
}
