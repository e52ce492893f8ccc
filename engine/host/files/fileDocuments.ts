import path from 'node:path'
import { hostMessages } from '../../messages/host.ts'
import { type Documents, type FileReference, StepFailure } from '../../model/index.ts'
import { atomicCopy, atomicCreate } from './atomicWrite.ts'
import { decodeText } from './decodeText.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'
import { realPathInside, safeName } from '../folder/safePath.ts'
import { diskTrouble, type OnDiskTrouble, orSuspended } from '../disk/diskTrouble.ts'
import { digestOf, keyedFiles } from './keyedFiles.ts'

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
  /** What the disk is to blame for suspends the run, where somebody sees to that; all else is the step's failure. */
  const fail = (error: unknown, document: string, folder: string): never => {
    throw onTrouble && diskTrouble(error) ? error : documentFailure(error, document, folder)
  }

  const locate = async (document: FileReference | string): Promise<string> => {
    const relative = typeof document === 'string' ? document : document.path
    const ofRun = typeof document !== 'string' && document.from !== 'folder'
    const home = ofRun ? processFolder : root
    const file = await realPathInside(home, relative, disk).catch((error: unknown) =>
      fail(error, path.basename(relative), home)
    )
    if (file === undefined) throw new StepFailure('document-outside', hostMessages.documentOutside(relative))
    const found = await disk.stat(file).catch((error: unknown) => fail(error, path.basename(file), path.dirname(file)))
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
      return fail(error, safe, processFolder)
    }
  }

  const readText = async (document: FileReference | string): Promise<string> => {
    const file = await locate(document)
    const name = path.basename(file)
    const failed = (error: unknown): never => fail(error, name, path.dirname(file))
    const { size } = await disk.stat(file).catch(failed)
    if (size > largest) throw new StepFailure('document-unreadable', hostMessages.documentTooLarge(name, size, largest))
    const bytes = await disk.readFile(file, largest).catch(failed)
    const text = decodeText(bytes)
    if (text === undefined) throw new StepFailure('document-unreadable', hostMessages.documentNoText(name))
    return text
  }

  const copy = async (
    document: FileReference | string,
    name: string | undefined,
    key: string
  ): Promise<FileReference> => {
    const from = await locate(document)
    const { size } = await disk
      .stat(from)
      .catch((error: unknown) => fail(error, path.basename(from), path.dirname(from)))
    const visit = `${key} ${digestOf(`${from} ${size}`)}`
    return addAs(name ?? path.basename(from), visit, (file) => atomicCopy(from, file, disk))
  }

  return {
    locate: (document) => orSuspended(locate(document), onTrouble),
    close: () => made.close(),
    readText: (document) => orSuspended(readText(document), onTrouble),
    add: (name, text, key) =>
      orSuspended(
        addAs(name, `${key} ${digestOf(text)}`, (file) => atomicCreate(file, text, disk)),
        onTrouble
      ),
    copy: (document, name, key) => orSuspended(copy(document, name, key), onTrouble)
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
