import { fileDocuments } from '../../host/files/fileDocuments.ts'
import { systemDisk } from '../../host/disk/disk.ts'
import { scriptService } from '../../host/script/scriptService.ts'
import {
  type Documents,
  type FileReference,
  type RunEvent,
  type RunFlows,
  type Services,
  type ValueRecord,
  builtInSteps,
  memoryJournal,
  seededRandom,
  seededSchedule,
  startFlow
} from '../../index.ts'
import { virtualClock } from '../../testing/virtualClock.ts'

/** A flow that is tried on a virtual clock: it reads what it would read, and changes and sends nothing. */
export interface Trial {
  /** The Designer Folder, absolute. */
  readonly folder: string
  /** The flow's path in it. */
  readonly path: string
  readonly flows: RunFlows
  readonly inputs: ValueRecord
}

/** The longest time that a mail takes in a trial, in milliseconds. */
const longestMail = 1000

/** The events of one trial, until nothing is due any more. The same seed gives the same order of threads. */
export async function trialRun(trial: Trial, seed: number): Promise<readonly RunEvent[]> {
  const work = pendingWork()
  const clock = virtualClock(undefined, work.done)
  const journal = memoryJournal()
  // What flows draw is the same in every trial: only the order differs.
  const random = seededRandom(0)
  const delay = seededRandom(~seed)
  const script = scriptService({ clock, random })
  const services: Services = {
    clock,
    random,
    documents: keptInMemory(trial.folder, work.add),
    mail: {
      async send({ messageId }, _account, signal) {
        await clock.sleep(delay() * longestMail, signal)
        return { messageId, refused: [] }
      }
    },
    script: { run: (source, data, signal) => work.add(script.run(source, data, signal)) }
  }
  const { path: flow, flows, inputs } = trial
  const schedule = seededSchedule(seed, clock)
  startFlow({ run: 'trial', flow, flows, inputs, definitions: builtInSteps, services, journal, schedule })
  await clock.run()
  return journal.events
}

/** Work that takes real time: the virtual one stands still until it is done. */
function pendingWork() {
  const pending = new Set<Promise<unknown>>()
  return {
    add: <T>(work: Promise<T>): Promise<T> => {
      const end = (): void => void pending.delete(work)
      pending.add(work)
      work.then(end, end)
      return work
    },
    done: async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve))
      while (pending.size > 0) {
        await Promise.allSettled(pending)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  }
}

/** The files of the Designer Folder, and documents that are forgotten with the trial. */
function keptInMemory(folder: string, wait: <T>(work: Promise<T>) => Promise<T>): Documents {
  const files = fileDocuments(folder, folder, systemDisk)
  const added = new Map<string, string>()
  const add = (name: string, text: string): FileReference => {
    const path = `documents/${added.size + 1}/${name}`
    added.set(path, text)
    return { $type: 'File', path, name, size: Buffer.byteLength(text) }
  }
  const read = (document: FileReference | string): Promise<string> => {
    const own = typeof document === 'string' ? undefined : added.get(document.path)
    return own === undefined ? wait(files.readText(document)) : Promise.resolve(own)
  }
  return {
    readText: read,
    add: (name, text) => Promise.resolve(add(name, text)),
    async copy(document, name) {
      const usual = typeof document === 'string' ? document.slice(document.lastIndexOf('/') + 1) : document.name
      return add(name ?? usual, await read(document))
    }
  }
}
