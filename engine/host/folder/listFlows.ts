import { type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { readFlow } from '../../file/index.ts'
import { hostMessages } from '../../messages/host.ts'
import type { FlowDocument } from '../../model/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { flowFileSuffix, nameOfFlowFile } from './flowFileName.ts'
import { processFolderName } from '../runs/processFolder.ts'
import { realPathInside, visible } from './safePath.ts'

/** A folder of flows. `path` is '' for the Designer Folder itself. */
export interface ListedFolder {
  readonly path: string
  readonly name: string
  readonly flows: readonly ListedFlow[]
}

/** A flow file: its document, or why it cannot be read. */
export interface ListedFlow {
  readonly path: string
  readonly name: string
  readonly document?: FlowDocument
  readonly problem?: string
  /** Wall time of the last change, milliseconds since 1970. */
  readonly editedAt: number
}

/** Sub-folders deeper than this are not looked into. */
const deepest = 12

/** How many files are open at the same time. */
const atATime = 16

/** No flow file has more bytes: what is larger is not even read. */
export const largestFlow = 128 * 1024 * 1024

/**
 * The flows under `root`, folder by folder in order of their paths. Hidden folders, links to folders and process folders are
 * passed over; whatever else is called as a flow is told, also where it is none.
 */
export async function listFlows(root: string): Promise<ListedFolder[]> {
  const folders: ListedFolder[] = []
  const visit = async (relative: string, name: string, depth: number): Promise<void> => {
    const entries = (await entriesOf(path.join(root, relative))).sort(byName)
    const files = entries.filter(isListed)
    const flows: ListedFlow[] = []
    for (let i = 0; i < files.length; i += atATime) {
      const some = files.slice(i, i + atATime)
      flows.push(
        ...(await Promise.all(some.map((entry) => listFlow(root, path.posix.join(relative, entry.name), entry))))
      )
    }
    folders.push({ path: relative, name: visible(name), flows })
    if (depth === deepest) return
    for (const entry of entries.filter(isFolderOfFlows))
      // One that cannot be read must not hide the others.
      await visit(path.posix.join(relative, entry.name), entry.name, depth + 1).catch(() => undefined)
  }
  await visit('', path.basename(path.resolve(root)), 0)
  return folders
}

/** What is in a folder. A name that is no text is told with the numbers of its bytes, and cannot be opened. */
interface Entry {
  readonly name: string
  readonly isText: boolean
  readonly kind: Pick<Dirent, 'isDirectory'>
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
  return entries.map((kind) => {
    const name = kind.name.toString('utf8')
    const isText = Buffer.from(name).equals(kind.name)
    return { name: isText ? name : readable(kind.name), isText, kind }
  })
}

/** Bytes that are no UTF-8, with each that is beyond ASCII as its number. */
const readable = (name: Uint8Array): string =>
  Buffer.from(name)
    .toString('latin1')
    .replaceAll(/[\u0080-\u00ff]/g, (byte) => `‹${byte.charCodeAt(0).toString(16).toUpperCase()}›`)

async function listFlow(root: string, relative: string, entry: Entry): Promise<ListedFlow> {
  const name = visible(nameOfFlowFile(relative))
  const unread = (problem: string, editedAt = 0): ListedFlow => ({ path: relative, name, problem, editedAt })
  if (!isUsable(entry)) return unread(hostMessages.nameUnusable(visible(relative)))
  try {
    const file = await realPathInside(root, relative)
    if (file === undefined) return unread(hostMessages.linkOutside(visible(relative)))
    const { mtimeMs } = await stat(file)
    const read = readFlow((await systemDisk.readFile(file, largestFlow)).toString('utf8'))
    return read.kind === 'ok'
      ? { path: relative, name: visible(read.document.flow.name), document: read.document, editedAt: mtimeMs }
      : unread(read.message, mtimeMs)
  } catch (error) {
    return unread(hostMessages.flowUnreadable(visible(relative), `${hostMessages.why(error)}.`))
  }
}

/** Whether paths with this name in them mean the same on every computer. */
const isUsable = ({ name, isText }: Entry): boolean => isText && !name.includes('\\')

const mayHoldFlows = ({ name, kind }: Entry): boolean =>
  kind.isDirectory() && !name.startsWith('.') && name !== processFolderName && name !== 'node_modules'

const isFolderOfFlows = (entry: Entry): boolean => mayHoldFlows(entry) && isUsable(entry)

/** Whether it is told in the list of flows: a file that is called as one, or a folder that cannot be looked into. */
const isListed = (entry: Entry): boolean =>
  entry.kind.isDirectory() ? mayHoldFlows(entry) && !isUsable(entry) : entry.name.endsWith(flowFileSuffix)

const byName = (one: Entry, other: Entry): number => one.name.localeCompare(other.name, 'en', { numeric: true })
