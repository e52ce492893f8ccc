/*
 * A process that writes the journal of a run as fast as it may until it is killed: `journalWriter FOLDER`. It claims the run,
 * begins its journal or goes on with it, and prints the number of each event that is acknowledged, one a line.
 */
import { writeSync } from 'node:fs'
import { claimRun } from '../runs/claimRun.ts'
import { createJournal, openJournal } from '../journal/createJournal.ts'
import { lastSegment } from '../journal/segments.ts'
import { systemDisk } from '../disk/disk.ts'
import { journalEvents } from './journalEvents.ts'

const folder = process.argv[2] ?? ''
const options = { segmentSize: 20_000, claim: await claimRun(folder) }
const isNew = (await lastSegment(folder, systemDisk)) === 0
const { journal, content } = isNew
  ? { journal: await createJournal(folder, options), content: undefined }
  : await openJournal(folder, options)
for (const event of journalEvents(10_000, 300).slice(content?.events.length ?? 0)) {
  journal.append(event)
  if (event.seq % 7 !== 0) continue
  await journal.durable()
  writeSync(1, `${String(event.seq)}\n`)
}
await journal.close()
