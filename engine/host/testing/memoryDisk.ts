import path from 'node:path'
import type { Disk, DiskFile } from '../disk/disk.ts'

/** A change to a file that has not been flushed: bytes written at a place, or a new length. */
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

/** What lies on the disk under a name. */
interface Node {
  /** As programs see it. */
  content: Buffer
  /** As it was when it was flushed last, and what has been done to it since. */
  flushed: Buffer
  changes: Change[]
}

interface Folder {
  readonly names: Map<string, Node>
  flushed: Map<string, Node>
  /** Each is one stroke: it comes to the disk whole or not at all. */
  changes: ((names: Map<string, Node>) => void)[]
}

/** A disk that is not there. The power can be cut: then it has what was flushed, and of the rest whatever chance leaves. */
export interface MemoryDisk extends Disk {
  /** The disk as it is found after a power cut. `chance` gives numbers from 0 to below 1. */
  powerCut(chance: () => number): MemoryDisk
  /** Paths of all files, in order. */
  files(): string[]
  /** The bytes that may be stored; writing more fails with ENOSPC. */
  space: number
}

/** A disk with the given folders, absolute; those above them are there as well. */
export function memoryDisk(...folders: readonly string[]): MemoryDisk {
  const all = new Map<string, Folder>()
  for (const folder of folders) makeFolder(all, folder)
  return diskOf(all)
}

function diskOf(all: Map<string, Folder>): MemoryDisk {
  const homeOf = (file: string): Folder => {
    const folder = all.get(path.dirname(file))
    if (!folder) throw failure('ENOENT', file)
    return folder
  }
  const nodeOf = (file: string): Node => {
    const node = homeOf(file).names.get(path.basename(file))
    if (!node) throw failure(all.has(file) ? 'EISDIR' : 'ENOENT', file)
    return node
  }
  const change = (folder: Folder, stroke: (names: Map<string, Node>) => void): void => {
    stroke(folder.names)
    folder.changes.push(stroke)
  }
  const create = (file: string): Node => {
    const folder = homeOf(file)
    if (folder.names.has(path.basename(file))) throw failure('EEXIST', file)
    const node: Node = { content: Buffer.alloc(0), flushed: Buffer.alloc(0), changes: [] }
    change(folder, (names) => names.set(path.basename(file), node))
    return node
  }
  const used = (): number => {
    const nodes = new Set([...all.values()].flatMap(({ names }) => [...names.values()]))
    return [...nodes].reduce((sum, { content }) => sum + content.length, 0)
  }

  const handle = (node: Node): DiskFile => ({
    write: async (bytes, offset, length) => {
      const taken = disk.space === Infinity ? length : Math.min(length, disk.space - used())
      if (taken <= 0 && length > 0) throw failure('ENOSPC', 'write')
      write(node, { at: node.content.length, bytes: Buffer.from(bytes.subarray(offset, offset + taken)) })
      return { bytesWritten: taken }
    },
    sync: async () => flush(node),
    datasync: async () => flush(node),
    truncate: async (length) => write(node, { length }),
    chmod: async () => undefined,
    close: async () => undefined
  })

  const folderHandle = (folder: Folder): DiskFile => ({
    ...handle({ content: Buffer.alloc(0), flushed: Buffer.alloc(0), changes: [] }),
    sync: async () => {
      folder.flushed = new Map(folder.names)
      folder.changes = []
    }
  })

  const disk: MemoryDisk = {
    space: Infinity,
    open: async (file, flags) => {
      const folder = all.get(file)
      if (folder) return folderHandle(folder)
      if (flags === 'ax' || flags === 'wx') return handle(create(file))
      if (flags === 'a' && !homeOf(file).names.has(path.basename(file))) return handle(create(file))
      return handle(nodeOf(file))
    },
    readFile: async (file, most = Infinity) => {
      const { content } = nodeOf(file)
      if (content.length > most) throw failure('EFBIG', file)
      return Buffer.from(content)
    },
    readRange: async (file, start, length) => Buffer.from(nodeOf(file).content.subarray(start, start + length)),
    readdir: async (folder) => {
      if (!all.has(folder)) throw failure('ENOENT', folder)
      const inner = [...all.keys()].filter((one) => path.dirname(one) === folder && one !== folder)
      return [...(all.get(folder)?.names.keys() ?? []), ...inner.map((one) => path.basename(one))]
    },
    mkdir: async (folder) => makeFolder(all, folder),
    mkdirNew: async (folder) => {
      if (all.has(folder)) throw failure('EEXIST', folder)
      if (!all.has(path.dirname(folder))) throw failure('ENOENT', folder)
      makeFolder(all, folder)
    },
    stat: async (file) => {
      if (all.has(file)) return { size: 0, mode: 0o755, isFile: () => false }
      return { size: nodeOf(file).content.length, mode: 0o644, isFile: () => true }
    },
    realpath: async (file) => {
      if (!all.has(file)) nodeOf(file)
      return file
    },
    rename: async (from, to) => {
      const node = nodeOf(from)
      if (path.dirname(from) !== path.dirname(to)) throw failure('EXDEV', to)
      change(homeOf(from), (names) => {
        names.delete(path.basename(from))
        names.set(path.basename(to), node)
      })
    },
    link: async (file, name) => {
      const node = nodeOf(file)
      if (homeOf(name).names.has(path.basename(name))) throw failure('EEXIST', name)
      change(homeOf(name), (names) => names.set(path.basename(name), node))
    },
    rm: async (file) => {
      if (homeOf(file).names.has(path.basename(file)))
        change(homeOf(file), (names) => names.delete(path.basename(file)))
    },
    rmFolder: async (folder) => {
      for (const one of all.keys()) if (one === folder || one.startsWith(`${folder}/`)) all.delete(one)
    },
    powerCut: (chance) => {
      const found = new Map<string, Folder>()
      const nodes = new Map<Node, Node>()
      const left = (node: Node): Node => {
        const known = nodes.get(node) ?? fresh(remains(node, chance))
        nodes.set(node, known)
        return known
      }
      for (const [name, { flushed, changes }] of all) {
        const names = new Map(flushed)
        for (const stroke of some(changes, chance)) stroke(names)
        const kept = new Map([...names].map(([file, node]) => [file, left(node)]))
        found.set(name, { names: kept, flushed: new Map(kept), changes: [] })
      }
      return diskOf(found)
    },
    files: () =>
      [...all].flatMap(([folder, { names }]) => [...names.keys()].map((name) => path.join(folder, name))).sort()
  }
  return disk
}

function makeFolder(all: Map<string, Folder>, folder: string): void {
  if (path.dirname(folder) !== folder) makeFolder(all, path.dirname(folder))
  if (!all.has(folder)) all.set(folder, { names: new Map(), flushed: new Map(), changes: [] })
}

const fresh = (content: Buffer): Node => ({ content, flushed: content, changes: [] })

function flush(node: Node): void {
  node.flushed = node.content
  node.changes = []
}

function write(node: Node, change: Change): void {
  node.content = changed(node.content, change)
  node.changes.push(change)
}

/** What was left out before the place of a write reads as zeros. */
function changed(content: Buffer, change: Change): Buffer {
  const length = 'length' in change ? change.length : Math.max(content.length, change.at + change.bytes.length)
  const result = Buffer.alloc(length)
  content.copy(result, 0, 0, length)
  if ('bytes' in change) change.bytes.copy(result, change.at)
  return result
}

/** Of the changes since the last flush some have come to the disk, in whatever order, and one only in part. */
function remains({ flushed, changes }: Node, chance: () => number): Buffer {
  const kept = some(changes, chance).map((change) => {
    if ('length' in change || chance() < 0.7) return change
    return { at: change.at, bytes: change.bytes.subarray(0, Math.floor(chance() * change.bytes.length)) }
  })
  return kept.reduce(changed, flushed)
}

/** All of them, the first ones, or any. */
function some<T>(list: readonly T[], chance: () => number): T[] {
  const way = chance()
  if (way < 0.2) return [...list]
  if (way < 0.6) return list.slice(0, Math.floor(chance() * (list.length + 1)))
  return list.filter(() => chance() < 0.5)
}

function failure(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code })
}
