import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunEvent } from '../../../run/index.ts'
import { atomicWrite } from '../../files/atomicWrite.ts'
import { temporaryFolder } from '../../files/temporaryFolder.ts'
import { journalEvents } from '../journalEvents.ts'
import { createJournal, openJournal } from '../../journal/createJournal.ts'
import { readJournal } from '../../journal/readJournal.ts'

/** Only the superuser of a Linux system may add a disk, and not in every container. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount()

function tryMount(): boolean {
  const script =
    'd=$(mktemp -d) && mount -t tmpfs -o size=64k tailrace-test "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s'
  return spawnSync('sh', ['-c', script]).status === 0
}

/** A disk of 1 MB, there as long as the test. */
async function smallDisk(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'disk')
  await mkdir(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tailrace-test', folder]).status !== 0)
    throw new Error('The small disk could not be mounted.')
  onTestFinished(() => void spawnSync('umount', [folder]))
  return folder
}

const fill = (folder: string, leave: number): Promise<void> =>
  writeFile(path.join(folder, 'ballast'), Buffer.alloc(1024 * 1024 - leave))

describe.runIf(mayMount)('a disk that is full', () => {
  it('ends a journal with a clear error, nothing acknowledged is lost, and with room again it goes on', async () => {
    const disk = await smallDisk()
    const folder = path.join(disk, 'run')
    await mkdir(folder)
    await fill(disk, 200_000)
    const journal = await createJournal(folder)
    const events = journalEvents(20_000, 700)
    let acked = 0
    const write = async (all: readonly RunEvent[]): Promise<void> => {
      for (const event of all) {
        journal.append(event)
        if (event.seq % 10 !== 0) continue
        await journal.durable()
        acked = event.seq
      }
    }
    await expect(write(events)).rejects.toMatchObject({
      code: 'journal-failed',
      message: expect.stringContaining('the disk is full')
    })
    await expect(journal.close()).rejects.toThrow('the disk is full')
    expect(acked).toBeGreaterThan(100)
    const content = await readJournal(folder)
    expect(content.damagedAt).toBeUndefined()
    expect(content.events.length).toBeGreaterThanOrEqual(acked)
    expect(content.events).toEqual(events.slice(0, content.events.length))

    await rm(path.join(disk, 'ballast'))
    const again = await openJournal(folder)
    const next = again.content.events.length
    for (const event of events.slice(next, next + 500)) again.journal.append(event)
    await again.journal.close()
    expect((await readJournal(folder)).events).toEqual(events.slice(0, next + 500))
  })

  it('leaves the old text of a file that cannot be saved, and nothing else', async () => {
    const disk = await smallDisk()
    const file = path.join(disk, 'a.flow.json')
    await atomicWrite(file, 'old'.repeat(10_000))
    await fill(disk, 60_000)
    await expect(atomicWrite(file, 'new'.repeat(30_000))).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(await readFile(file, 'utf8')).toBe('old'.repeat(10_000))
    expect((await readdir(disk)).sort()).toEqual(['a.flow.json', 'ballast'])
    await rm(path.join(disk, 'ballast'))
    await atomicWrite(file, 'new'.repeat(30_000))
    expect(await readFile(file, 'utf8')).toBe('new'.repeat(30_000))
  })
})
