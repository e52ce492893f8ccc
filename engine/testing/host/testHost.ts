import type { Clock } from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import type { Host } from '../../run/host.ts'

/** A place where one run is carried, by one process after another: what the contract of hosts is tried on. */
export interface TestHost {
  /** Begins a process there, the first of which begins the journal, too. */
  begin(clock: Clock): Promise<TestProcess>
  /** What the journal holds now, for somebody who only looks. */
  read(): Promise<readonly RunEvent[]>
}

/** One process, and what it has to carry the run. */
export interface TestProcess extends Host {
  /** What the journal held when the process began. */
  readonly past: readonly RunEvent[]
  /**
   * Ends it at this very moment, before anything is waited for: the next process finds what had come to the disk by now.
   * Resolves when the next one may begin.
   */
  kill(): Promise<void>
  /** Lets the disk take nothing until the function that is returned is called. */
  hold(): () => void
  /** From now on, the disk takes nothing any more and says so. */
  breakDisk(): void
}
