import { type Documents, StepFailure } from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import { type Journal, memoryJournal } from '../../run/journal/journal.ts'
import { type Gate, gate } from './gate.ts'
import type { TestHost, TestProcess } from './testHost.ts'

/** So many events that are not safe yet, and whoever adds more should wait. */
const most = 1000

/**
 * A host in memory, as forgetful as a host may be: of a process that is killed, its journal keeps the events that were said
 * to be safe, and no other. Its documents are safe at once.
 */
export function memoryHost(): TestHost {
  let kept: readonly RunEvent[] = []
  let documents: ReadonlyMap<string, string> = new Map()
  /** The path of the document that was added under each key. */
  let documentPaths = new Map<string, string>()
  return {
    read: () => Promise.resolve(kept),
    begin(clock) {
      const past = kept
      const files = new Map(documents)
      const paths = new Map(documentPaths)
      const disk = gate()
      let alive = true
      const journal = forgetful(disk, (events) => {
        if (alive) kept = [...past, ...events]
      })
      const unused = (): never => {
        throw new StepFailure('no-service', 'A host in memory has no such service')
      }
      const process: TestProcess = {
        past,
        journal,
        services: {
          clock,
          random: () => 0.5,
          documents: documentsIn(files, paths),
          mail: { send: unused },
          script: { run: unused }
        },
        kill() {
          alive = false
          documents = new Map(files)
          documentPaths = new Map(paths)
          return Promise.resolve()
        },
        hold: () => disk.hold(),
        breakDisk: () => {
          disk.fail()
        }
      }
      return Promise.resolve(process)
    }
  }
}

/** The journal of the engine, of which `keep` is told what is safe. */
function forgetful(disk: Gate, keep: (events: readonly RunEvent[]) => void): Journal {
  const memory = memoryJournal()
  let [added, safe] = [0, 0]
  const durable = async (): Promise<void> => {
    const asked = added
    await disk.pass()
    if (asked <= safe) return
    safe = asked
    keep(memory.events.slice(0, asked))
  }
  return {
    append(event) {
      added++
      memory.append(event)
    },
    durable,
    close: durable,
    pressure: () => (added - safe > most ? durable() : undefined)
  }
}

function documentsIn(files: Map<string, string>, paths: Map<string, string>): Documents {
  return {
    readText(document) {
      const name = typeof document === 'string' ? document : document.path
      const text = files.get(name)
      return text === undefined ? Promise.reject(new StepFailure('document-missing', name)) : Promise.resolve(text)
    },
    add(name, text, key) {
      const known = paths.get(`${key} ${text}`)
      let path = known ?? `documents/${name}`
      for (let copy = 2; known === undefined && files.has(path); copy++)
        path = `documents/${name.replace(/(\.\w+)?$/, ` (${copy})$1`)}`
      paths.set(`${key} ${text}`, path)
      files.set(path, text)
      return Promise.resolve({ $type: 'File', path, name: path.slice('documents/'.length), size: text.length })
    },
    async copy(document, name, key) {
      return this.add(
        name ?? (typeof document === 'string' ? document : document.name),
        await this.readText(document),
        key
      )
    }
  }
}
