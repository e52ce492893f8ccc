import { type Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { readFlow } from '../../file/index.ts'
import { hostMessages } from '../../messages/host.ts'
import type { FlowDocument } from '../../model/index.ts'
import { flowFileSuffix, nameOfFlowFile } from './flowFileName.ts'
import { processFolderName } from '../runs/processFolder.ts'
import { pathInside } from './safePath.ts'

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

/** The flows under `root`, folder by folder in order of their paths. Links, hidden folders and process folders are passed over. */
export async function listFlows(root: string): Promise<ListedFolder[]> {
  const folders: ListedFolder[] = []
  const visit = async (relative: string, name: string, depth: number): Promise<void> => {
    const entries = (await readdir(path.join(root, relative), { withFileTypes: true })).sort(byName)
    const files = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(flowFileSuffix))
    const flows = await Promise.all(files.map((entry) => listFlow(root, path.posix.join(relative, entry.name))))
    folders.push({ path: relative, name, flows })
    if (depth === deepest) return
    for (const entry of entries.filter(isFolderOfFlows))
      // One that cannot be read must not hide the others.
      await visit(path.posix.join(relative, entry.name), entry.name, depth + 1).catch(() => undefined)
  }
  await visit('', path.basename(path.resolve(root)), 0)
  return folders
}

async function listFlow(root: string, relative: string): Promise<ListedFlow> {
  const name = nameOfFlowFile(relative)
  const file = await pathInside(root, relative)
  if (file === undefined) return { path: relative, name, problem: hostMessages.pathOutside(relative), editedAt: 0 }
  try {
    const { mtimeMs } = await stat(file)
    const read = readFlow(await readFile(file, 'utf8'))
    return read.kind === 'ok'
      ? { path: relative, name: read.document.flow.name, document: read.document, editedAt: mtimeMs }
      : { path: relative, name, problem: read.message, editedAt: mtimeMs }
  } catch (error) {
    return {
      path: relative,
      name,
      problem: hostMessages.flowUnreadable(relative, hostMessages.why(error)),
      editedAt: 0
    }
  }
}

const isFolderOfFlows = (entry: Dirent): boolean =>
  entry.isDirectory() &&
  !entry.name.startsWith('.') &&
  entry.name !== processFolderName &&
  entry.name !== 'node_modules'

const byName = (one: Dirent, other: Dirent): number => one.name.localeCompare(other.name, 'en', { numeric: true })
