import { createHash } from 'node:crypto'
import path from 'node:path'
import { readFlow, writeFlow } from '../../file/index.ts'
import { hostMessages } from '../../messages/host.ts'
import type { FlowDocument } from '../../model/index.ts'
import { atomicCreate, atomicWrite, syncFolder } from '../files/atomicWrite.ts'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { flowFileName, flowFileSuffix, freeName, nameOfFlowFile } from './flowFileName.ts'
import { flowTrash, trashName } from './flowTrash.ts'
import { HostError, systemCode } from '../hostError.ts'
import { isSafePath, pathInside, realPathInside } from './safePath.ts'
import { largestFlow, listFlows, type ListedFolder } from './listFlows.ts'

/** A flow as its file has it. */
export interface StoredFlow {
  /** Relative to the Designer Folder, with forward slashes. */
  readonly path: string
  readonly document: FlowDocument
  /** SHA-256 of the file's bytes, in hex: a save says which text it began with. */
  readonly hash: string
}

/**
 * The flows of one folder and its sub-folders, as files. Paths are relative, with forward slashes; one that leads out is
 * refused. Everything rejects with HostError, or with the system's own error when the disk does not play along:
 * `path-outside`, `flow-missing`, `flow-broken`, `flow-newer`, `flow-changed`, `flow-not-saved`, `name-empty`, `name-taken`, `trash-missing`.
 */
export interface DesignerFolder {
  /** Absolute. */
  readonly root: string
  /** All folders with their flows, the Designer Folder itself first. A flow that cannot be read is listed with its problem. */
  list(): Promise<readonly ListedFolder[]>
  read(path: string): Promise<StoredFlow>
  /** `base` is the hash that the edit began with: a file that has changed since is refused with `flow-changed`. */
  save(path: string, document: FlowDocument, base: string): Promise<StoredFlow>
  /** Writes a new flow into `folder` ('' is the Designer Folder); its file is called as it is. Answers its path. */
  create(folder: string, document: FlowDocument): Promise<string>
  /** Changes the flow's name and the file's. Answers the new path. */
  rename(path: string, name: string): Promise<string>
  /** Makes a copy with an id of its own, called "... copy". Answers its path. */
  duplicate(path: string): Promise<string>
  /** Moves the file into the trash. Answers a token that brings it back. */
  remove(path: string): Promise<string>
  /** Puts a removed flow back, under another name if its own is taken. Answers its path. */
  restore(token: string): Promise<string>
  createFolder(path: string): Promise<void>
  /** The absolute path of a flow file. */
  locate(path: string): Promise<string>
}

/** `newId` makes the ids of duplicated flows. */
export function designerFolder(root: string, newId: () => string, disk: Disk = systemDisk): DesignerFolder {
  const trash = flowTrash(root, disk)

  const inside = async (relative: string, find = pathInside): Promise<string> => {
    const file = /[\\\0]/.test(relative) ? undefined : await find(root, relative, disk)
    if (file === undefined) throw new HostError('path-outside', hostMessages.pathOutside(relative))
    return file
  }

  const locate = (relative: string, find = pathInside): Promise<string> =>
    relative.endsWith(flowFileSuffix)
      ? inside(relative, find)
      : Promise.reject(new HostError('path-outside', hostMessages.noFlowFile(relative)))

  const read = async (relative: string): Promise<StoredFlow> => {
    const file = await locate(relative, realPathInside)
    const bytes = await disk.readFile(file, largestFlow).catch((error: unknown) => {
      const code = systemCode(error)
      if (code === 'ENOENT') throw new HostError('flow-missing', hostMessages.flowMissing(relative))
      if (!noFlow.has(code)) throw error
      throw new HostError('flow-broken', hostMessages.flowUnreadable(relative, `${hostMessages.why(error)}.`))
    })
    const result = readFlow(bytes.toString('utf8'))
    if (result.kind !== 'ok')
      throw new HostError(`flow-${result.kind}`, hostMessages.flowUnreadable(relative, result.message))
    return { path: relative, document: result.document, hash: hashOf(bytes) }
  }

  /** Writes a new file beside `sibling`, called as the flow; `taken` names get a number. */
  const create = async (folder: string, document: FlowDocument): Promise<string> => {
    const home = await inside(folder)
    await refuseTaken(disk, home, flowFileName(document.flow.name))
    const file = flowFileName(document.flow.name)
    await atomicCreate(path.join(home, file), writeFlow(document), disk).catch((error: unknown) => {
      throw systemCode(error) === 'EEXIST'
        ? new HostError('name-taken', hostMessages.nameTaken(file))
        : notSaved(joined(folder, file), error)
    })
    return joined(folder, file)
  }

  return {
    root,
    list: () => listFlows(root),
    read,
    create,
    locate: (relative) => locate(relative),
    async save(relative, document, base) {
      try {
        const file = await locate(relative, realPathInside)
        const refuseChanged = async (): Promise<void> => {
          const now = await disk.readFile(file).catch((error: unknown) => {
            if (systemCode(error) === 'ENOENT') return undefined
            throw error
          })
          if (now && hashOf(now) !== base) throw new HostError('flow-changed', hostMessages.flowChanged(relative))
        }
        await refuseChanged()
        const text = writeFlow(document)
        // Once more at the last moment: somebody else may have saved while this was written.
        await atomicWrite(file, text, disk, refuseChanged)
        return { path: relative, document, hash: hashOf(text) }
      } catch (error) {
        throw error instanceof HostError ? error : notSaved(relative, error)
      }
    },
    async rename(relative, name) {
      if (name.trim() === '') throw new HostError('name-empty', hostMessages.nameEmpty)
      const { document } = await read(relative)
      const from = await locate(relative)
      const file = flowFileName(name.trim())
      await refuseTaken(disk, path.dirname(from), file, path.basename(from))
      await atomicWrite(from, writeFlow({ ...document, flow: { ...document.flow, name: name.trim() } }), disk)
      await disk.rename(from, path.join(path.dirname(from), file))
      await syncFolder(path.dirname(from), disk)
      return joined(folderOf(relative), file)
    },
    async duplicate(relative) {
      const { document } = await read(relative)
      const folder = folderOf(relative)
      const names = await disk.readdir(await inside(folder))
      const name = nameOfFlowFile(freeName(flowFileName(`${document.flow.name} copy`), names))
      return create(folder, { ...document, flow: { ...document.flow, id: newId(), name } })
    },
    async remove(relative) {
      await disk.stat(await locate(relative)).catch(() => {
        throw new HostError('flow-missing', hostMessages.flowMissing(relative))
      })
      await inside(trashName)
      return trash.take(relative)
    },
    async restore(token) {
      await inside(trashName)
      return trash.giveBack(token)
    },
    async createFolder(relative) {
      if (!isSafePath(relative)) throw new HostError('path-outside', hostMessages.folderName(relative))
      await disk.mkdir(await inside(relative))
    }
  }
}

/** What stands where a flow should, and is none. */
const noFlow: ReadonlySet<string> = new Set(['EISDIR', 'ENOTFILE', 'EFBIG', 'ELOOP'])

const notSaved = (flow: string, error: unknown): HostError =>
  new HostError('flow-not-saved', hostMessages.flowNotSaved(flow, error))

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

const folderOf = (relative: string): string => relative.slice(0, Math.max(0, relative.lastIndexOf('/')))

const joined = (folder: string, file: string): string => (folder === '' ? file : `${folder}/${file}`)

/** Refuses a file name that is in use, also when only upper and lower case differ; `own` is the file being renamed. */
async function refuseTaken(disk: Disk, home: string, file: string, own?: string): Promise<void> {
  const same = (one: string): boolean => one.normalize('NFC').toLowerCase() === file.normalize('NFC').toLowerCase()
  if ((await disk.readdir(home)).some((name) => name !== own && same(name)))
    throw new HostError('name-taken', hostMessages.nameTaken(file))
}
