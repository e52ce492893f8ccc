import path from 'node:path'
import type { Failure } from '../../model/index.ts'
import type { Disk } from '../disk/disk.ts'
import { type DiskTrouble, diskTrouble, type OnDiskTrouble } from '../disk/diskTrouble.ts'
import { reserveIn } from '../disk/reserve.ts'
import { HostError } from '../hostError.ts'
import type { JournalTrouble } from '../journal/journalFile.ts'

/** What keeps one run from going on here, so that it is suspended: the first of it counts. */
export interface RunTrouble {
  /** For its journal. Where the disk is full, the reserve is given up for what has happened already. */
  readonly ofJournal: JournalTrouble
  /** For its documents and mails. */
  readonly ofServices: OnDiskTrouble
  /** Keeps the reserve for it. */
  keepReserve(): Promise<void>
  /** Suspends the run as soon as there is trouble, or now. */
  whenMet(suspend: (because: Failure) => void): void
  /** Why the run is suspended, and what to do; undefined when there was no trouble. */
  readonly message: string | undefined
}

/** `folder`: that of the run. */
export function runTrouble(folder: string, disk: Disk): RunTrouble {
  const reserve = reserveIn(path.dirname(path.dirname(folder)), disk)
  let met: Failure | undefined
  let suspend: ((because: Failure) => void) | undefined
  const meet = (because: Failure): void => {
    if (met) return
    met = because
    suspend?.(met)
  }
  const meetDisk = ({ message }: DiskTrouble): void => meet({ code: 'disk-trouble', message })
  return {
    async ofJournal(error) {
      const trouble = diskTrouble(error)
      if (trouble) meetDisk(trouble)
      else meet({ code: error instanceof HostError ? error.code : 'journal-failed', message: messageOf(error) })
      if (trouble?.full) await reserve.give()
    },
    ofServices(trouble) {
      meetDisk(trouble)
      if (trouble.full) void reserve.give()
    },
    keepReserve: () => reserve.keep(),
    whenMet(act) {
      suspend = act
      if (met) act(met)
    },
    get message() {
      return met?.message
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
