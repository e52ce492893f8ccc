import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Documents, type FileReference, StepFailure } from '../../model/index.ts'
import { atomicCopy, atomicCreate } from './atomicWrite.ts'
import { decodeText } from './decodeText.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'
import { pathInside, safeName } from '../folder/safePath.ts'
import { digestOf, keyedFiles, type OnDiskTrouble } from './keyedFiles.ts'

/** Texts larger than this are not read, in bytes. */
const largest = 200_000_000

/** The documents of one run, as files. */
export interface FileDocuments extends Documents {
  /** The absolute path of a document. Throws StepFailure as `readText` does. */
  locate(document: FileReference | string): Promise<string>
  /** Adds no more. Resolves once what is under way has ended. */
  close(): Promise<void>
}

/** `root`: the Designer Folder. `processFolder`: the run's. Both absolute. A document that was added survives a power cut. */
export function fileDocuments(
  root: string,
  processFolder: string,
  disk: Disk = systemDisk,
  onTrouble?: OnDiskTrouble
): FileDocuments {
  const locate = async (document: FileReference | string): Promise<string> => {
    const relative = typeof document === 'string' ? document : document.path
    const ofRun = typeof document !== 'string' && document.from !== 'folder'
    const home = ofRun ? processFolder : root
    const file = await pathInside(home, relative, disk).catch((error: unknown) => {
      throw documentFailure(error, path.basename(relative), home)
    })
    if (file === undefined) throw new StepFailure('document-outside', hostMessages.documentOutside(relative))
    const found = await disk.stat(file).catch((error: unknown) => {
      throw documentFailure(error, path.basename(file), path.dirname(file))
    })
    if (!found.isFile()) throw new StepFailure('document-unreadable', hostMessages.documentIsFolder(relative))
    return file
  }

  const home = path.join(processFolder, 'documents')
  const made = keyedFiles(home, disk, onTrouble)

  const addAs = async (
    wanted: string,
    key: string,
    create: (file: string) => Promise<void>
  ): Promise<FileReference> => {
    const safe = safeName(wanted, 'document')
    try {
      const name = await made.make(key, (taken) => freeName(safe, taken), create)
      const { size } = await disk.stat(path.join(home, name))
      return { $type: 'File', path: `documents/${name}`, name, size }
    } catch (error) {
      throw documentFailure(error, safe, processFolder)
    }
  }

  return {
    locate,
    close: () => made.close(),
    async readText(document) {
      const file = await locate(document)
      const name = path.basename(file)
      const failed = (error: unknown): never => {
        throw documentFailure(error, name, path.dirname(file))
      }
      const { size } = await disk.stat(file).catch(failed)
      if (size > largest)
        throw new StepFailure('document-unreadable', hostMessages.documentTooLarge(name, size, largest))
      const bytes = await disk.readFile(file).catch(failed)
      const text = decodeText(bytes)
      if (text === undefined) throw new StepFailure('document-unreadable', hostMessages.documentNoText(name))
      return text
    },
    add: (name, text, key) => addAs(name, `${key} ${digestOf(text)}`, (file) => atomicCreate(file, text, disk)),
    async copy(document, name, key) {
      const from = await locate(document)
      const { size } = await disk.stat(from).catch((error: unknown) => {
        throw documentFailure(error, path.basename(from), path.dirname(from))
      })
      const visit = `${key} ${digestOf(`${from} ${size}`)}`
      return addAs(name ?? path.basename(from), visit, (file) => atomicCopy(from, file, disk))
    }
  }
}

/** "notes.txt", "notes (2).txt", ...: the first that is not taken. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const { name: stem, ext } = path.parse(wanted)
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? wanted : `${stem} (${copy})${ext}`
    if (!taken.has(name)) return name
  }
}

function documentFailure(error: unknown, document: string, folder: string): StepFailure {
  if (error instanceof StepFailure) return error
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new StepFailure('document-missing', hostMessages.documentMissing(document, path.basename(folder)))
  return new StepFailure('document-unreadable', hostMessages.documentFailed(document, hostMessages.why(error)))
}
