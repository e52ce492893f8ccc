import { createHash } from 'node:crypto'
import path from 'node:path'
import { replaceFile, syncFolder } from '../files/atomicWrite.ts'
import type { Disk } from '../disk/disk.ts'
import type { BlobRecord } from './storedLine.ts'

/** A value that is too large for the line it belongs to, as JSON. */
export interface Blob {
  readonly hash: string
  readonly content: Buffer
}

/** How many blobs are written at a time. */
const atATime = 4

/** The characters of a value's JSON that stand in its line. */
const previewLength = 80

/** The folder of the blobs in the folder of a run. */
export const blobsFolder = (folder: string): string => path.join(folder, 'blobs')

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** What stands in an event for a value whose JSON is `content`. */
export function blobRecord(content: Buffer): BlobRecord {
  // A character may be cut in two where the bytes end.
  const preview = content
    .toString('utf8', 0, 4 * previewLength)
    .replace(/\uFFFD$/, '')
    .slice(0, previewLength)
  return { $type: 'Blob', hash: hashOf(content), bytes: content.length, preview }
}

/** Writes blobs so that they survive a power cut once this resolves. */
export async function writeBlobs(folder: string, blobs: readonly Blob[], disk: Disk): Promise<void> {
  const home = blobsFolder(folder)
  await disk.mkdir(home)
  for (let i = 0; i < blobs.length; i += atATime)
    await Promise.all(
      blobs
        .slice(i, i + atATime)
        .map(({ hash, content }) => replaceFile(path.join(home, `${hash}.json`), content, disk))
    )
  await syncFolder(home, disk)
  await syncFolder(folder, disk)
}

/**
 * The value that a blob holds; undefined when it is missing or not what it was. Rejects when the disk fails in another way.
 */
export async function readBlob(folder: string, hash: string, disk: Disk): Promise<{ value: unknown } | undefined> {
  let content: Buffer
  try {
    content = await disk.readFile(path.join(blobsFolder(folder), `${hash}.json`))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return hashOf(content) === hash ? { value: JSON.parse(content.toString('utf8')) as unknown } : undefined
}
