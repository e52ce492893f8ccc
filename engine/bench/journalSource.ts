import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createJournal } from '../host/index.ts'
import { createProcessFolder } from '../host/runs/processFolder.ts'
import { type Journal, memoryJournal } from '../index.ts'

/** Where the runs of a workload get their journals. */
export interface JournalSource {
  readonly host: HostName
  /** Makes the next journal ready; not timed. */
  prepare(): Promise<void>
  /** The journal of the run that is about to start. */
  next(): Journal
  /** Lets go of everything. */
  close(): Promise<void>
}

/** In memory, or in run folders on disk at standard durability. */
export type HostName = 'memory' | 'file'

export async function journalSource(host: HostName): Promise<JournalSource> {
  return host === 'memory' ? memorySource : fileSource(await mkdtemp(path.join(os.tmpdir(), 'tailrace-bench-')))
}

const memorySource: JournalSource = {
  host: 'memory',
  prepare: () => Promise.resolve(),
  next: memoryJournal,
  close: () => Promise.resolve()
}

/** Each run has a run folder of its own under `base`, which is removed in the end. */
function fileSource(base: string): JournalSource {
  let ready: Journal | undefined
  return {
    host: 'file',
    async prepare() {
      const folder = await createProcessFolder(base, 'Bench', Date.now())
      ready = await createJournal(folder.path, { durability: 'standard' })
    },
    next() {
      const journal = ready
      ready = undefined
      if (!journal) throw new Error('On the file host, one run is timed at a time: W3 and W3c are for the memory host.')
      return journal
    },
    close: () => rm(base, { recursive: true, force: true })
  }
}
