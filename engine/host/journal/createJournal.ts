import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import type { Durability } from '../../model/index.ts'
import { atomicCreate, syncFolder } from '../files/atomicWrite.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { HostError, systemCode } from '../hostError.ts'
import { type JournalClaim, JournalFile, type JournalTrouble } from './journalFile.ts'
import { type JournalContent, readJournal } from './readJournal.ts'
import { journalLimit } from './journalLimit.ts'
import { segmentFile, segmentSize, segmentSizes } from './segments.ts'

export interface JournalOptions {
  /** What the events survive once `durable` resolves; standard unless given. With strict, more is waited for, not less. */
  readonly durability?: Durability
  readonly disk?: Disk
  /** The claim to the run; without one nobody else may write. */
  readonly claim?: JournalClaim
  readonly onTrouble?: JournalTrouble
  /** At this size a segment ends, in bytes; 8 MB unless given. */
  readonly segmentSize?: number
  /** At this size of all segments `onTrouble` is told, in bytes; as journalLimit says unless given. */
  readonly limit?: number
}

export interface OpenOptions extends JournalOptions {
  /** The run is settled, and a retry goes on with it: what is written stands behind the end record. */
  readonly retry?: boolean
}

/**
 * Begins the journal of the run in `folder`. Rejects with HostError: `journal-exists` when there is one already,
 * `journal-failed` when the disk does not play along.
 */
export async function createJournal(folder: string, options: JournalOptions = {}): Promise<JournalFile> {
  const all = { ...usual(), ...options }
  const name = segmentFile(folder, 1)
  try {
    const file = await all.disk.open(name, 'ax')
    try {
      await syncFolder(folder, all.disk)
    } catch (error) {
      await file.close().catch(() => undefined)
      await all.disk.rm(name).catch(() => undefined)
      throw error
    }
    return new JournalFile({ ...all, folder, file, segment: 1, size: 0, total: 0, events: 0, digest: 0 })
  } catch (error) {
    throw systemCode(error) === 'EEXIST'
      ? new HostError('journal-exists', hostMessages.journalExists(folder))
      : new HostError('journal-failed', hostMessages.journalNotBegun(name, error), error)
  }
}

/** What holds unless something else is said. */
const usual = () => ({
  durability: 'standard' as const,
  disk: systemDisk,
  segmentSize,
  limit: journalLimit(process.env)
})

/** A journal that is written on, and all that it held when it was opened. */
export interface OpenJournal {
  readonly journal: JournalFile
  readonly content: JournalContent
}

/**
 * Opens the journal of an interrupted run, or of a settled one to be retried, to go on with it behind its last event. A torn tail is cut off and kept beside it
 * as `journal.torn`. Rejects with HostError, having changed nothing: `journal-damaged`, `journal-ended` (the run is
 * settled), `journal-empty` (nothing to go on with), `journal-failed` (the disk does not play along).
 */
export async function openJournal(folder: string, options: OpenOptions = {}): Promise<OpenJournal> {
  const all = { ...usual(), ...options }
  const { disk } = all
  const run = path.basename(folder)
  const content = await readJournal(folder, { disk }).catch((error: unknown) => {
    if (error instanceof HostError) throw error
    throw new HostError('journal-failed', hostMessages.journalUnreadable(run, hostMessages.why(error)))
  })
  const { events, sound, torn, damagedAt, ended } = content
  if (damagedAt !== undefined) throw new HostError('journal-damaged', hostMessages.journalDamaged(run, damagedAt))
  if (!options.retry && (ended || events.at(-1)?.event === 'RunSettled'))
    throw new HostError('journal-ended', hostMessages.journalEnded(run))
  // Claims can be deleted by hand; what a lower one writes would not be read.
  if (content.carrier >= (options.claim?.epoch ?? Infinity))
    throw new HostError('run-taken-over', hostMessages.runTakenOver(run))
  if (events[0]?.event !== 'RunStarted') throw new HostError('journal-empty', hostMessages.journalEmpty(run))
  const name = segmentFile(folder, sound.segment)
  try {
    if (torn !== undefined) await keepTorn(folder, (await disk.readFile(name)).subarray(sound.size), disk)
    const file = await disk.open(name, 'a')
    try {
      if (torn !== undefined) await file.truncate(sound.size)
      // Also what the last process wrote and did not flush is safe from here on.
      await file.sync()
      await syncFolder(folder, disk)
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
    const total = (await segmentSizes(folder, disk)).reduce((sum, size) => sum + size, 0)
    const journal = new JournalFile({ ...all, folder, file, ...sound, total, events: events.length })
    return { journal, content }
  } catch (error) {
    throw new HostError('journal-failed', hostMessages.journalFailed(name, error), error)
  }
}

/** Keeps what is cut off as `journal.torn`, `journal-2.torn`, ... */
async function keepTorn(folder: string, bytes: Buffer, disk: Disk): Promise<void> {
  for (let copy = 1; ; copy++)
    try {
      await atomicCreate(path.join(folder, copy === 1 ? 'journal.torn' : `journal-${copy}.torn`), bytes, disk)
      return
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
}
