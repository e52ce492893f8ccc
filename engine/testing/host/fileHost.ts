import { cpSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createServices } from '../../host/createServices.ts'
import { type Disk, type DiskFile, systemDisk } from '../../host/disk/disk.ts'
import { createJournal, openJournal } from '../../host/journal/createJournal.ts'
import { readJournal } from '../../host/journal/readJournal.ts'
import { createProcessFolder, openProcessFolder, processFolderName } from '../../host/runs/processFolder.ts'
import { temporaryFolder } from '../../host/files/temporaryFolder.ts'
import { type Gate, gate } from './gate.ts'
import type { TestHost, TestProcess } from './testHost.ts'

/**
 * The host of this computer, with a real run folder. A process is killed by going on from a copy of the folder as it is at
 * that moment.
 */
export async function fileHost(): Promise<TestHost> {
  const root = await temporaryFolder()
  const base = path.join(root, processFolderName)
  let run: string | undefined
  let kills = 0
  return {
    read: async () => (run === undefined ? [] : (await readJournal(run)).events),
    async begin(clock) {
      const door = gate()
      const disk = gatedDisk(door)
      const isFirst = run === undefined
      const processFolder =
        run === undefined ? await createProcessFolder(base, 'Main', clock.now()) : await openProcessFolder(run)
      run = processFolder.path
      const { journal, content } = isFirst
        ? { journal: await createJournal(run, { disk }), content: { events: [] } }
        : await openJournal(run, { disk })
      const services = createServices({ folder: root, processFolder, clock })
      let release = (): void => undefined
      const letGo = async (): Promise<void> => {
        release()
        await services.close()
        await journal.close().catch(() => undefined)
      }
      onTestFinished(letGo)
      const process: TestProcess = {
        past: content.events,
        journal,
        services,
        async kill() {
          const left = path.join(path.dirname(processFolder.path), `2026-11-24-00000${++kills}-left`)
          cpSync(processFolder.path, left, { recursive: true })
          run = left
          door.fail()
          await letGo()
        },
        hold: () => (release = door.hold()),
        breakDisk: () => {
          door.fail()
        }
      }
      return process
    }
  }
}

/** The disk of this computer, whose files take nothing but what passes the gate. */
function gatedDisk(door: Gate): Disk {
  const gated = (file: DiskFile): DiskFile => ({
    write: async (bytes, offset, length) => {
      await door.pass()
      return file.write(bytes, offset, length)
    },
    datasync: async () => {
      await door.pass()
      await file.datasync()
    },
    sync: async () => {
      await door.pass()
      await file.sync()
    },
    truncate: (length) => file.truncate(length),
    chmod: (mode) => file.chmod(mode),
    close: () => file.close()
  })
  return { ...systemDisk, open: async (name, flags, mode) => gated(await systemDisk.open(name, flags, mode)) }
}
