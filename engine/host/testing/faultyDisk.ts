import type { Disk } from '../disk/disk.ts'
import { watchedDisk } from './watchedDisk.ts'

/** What goes wrong: a call fails with this code, or a write takes only a part of what it is given. */
export type Fault = 'EIO' | 'ENOSPC' | 'EMFILE' | 'EPERM' | 'short write'

export const faults: readonly Fault[] = ['EIO', 'ENOSPC', 'EMFILE', 'EPERM', 'short write']

export interface FaultyDisk extends Disk {
  /** Whether the call that was to go wrong has been made. */
  readonly met: boolean
}

/** A disk on which the call number `at`, counted from 1, goes wrong; with `forEver`, all that follow as well. */
export function faultyDisk(inner: Disk, fault: Fault, at: number, forEver: boolean): FaultyDisk {
  let calls = 0
  const disk = watchedDisk(inner, () => {
    calls++
    if (forEver ? calls < at : calls !== at) return undefined
    if (fault === 'short write') return 'short'
    throw Object.assign(new Error(`${fault}: made to fail`), { code: fault })
  })
  return {
    ...disk,
    get met() {
      return calls >= at
    }
  }
}

/** Makes `attempt` with a disk of which the 1st, 2nd, ... call goes wrong, in every way, until all goes well. */
export async function withEveryFault(
  inner: () => Disk,
  attempt: (disk: FaultyDisk, inner: Disk, what: string) => Promise<void>
): Promise<number> {
  let attempts = 0
  for (const fault of faults)
    for (const forEver of [false, true])
      for (let at = 1; ; at++) {
        const sound = inner()
        const disk = faultyDisk(sound, fault, at, forEver)
        attempts++
        await attempt(disk, sound, `${fault} at call ${String(at)}${forEver ? ' and after' : ''}`)
        if (!disk.met) break
      }
  return attempts
}
