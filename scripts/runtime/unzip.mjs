// Unpacks part of a zip file: what lies under one folder and is wanted.
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

/** @typedef {{ fileName: string, externalFileAttributes: number }} Entry */
/** @typedef {{ eachEntry(): AsyncIterable<Entry>, openReadStreamPromise(entry: Entry): Promise<NodeJS.ReadableStream> }} Zip */

const fileType = 0o170000
const symlink = 0o120000

/** @param {string} zipFile @param {string} dest @param {string} folder with a / at its end @param {(file: string) => boolean} wanted */
export async function unzip(zipFile, dest, folder, wanted) {
  // Only now, so that whoever has not run `npm ci` yet gets further than this line. Its published types are of yauzl 2.
  const yauzl = /** @type {{ openPromise(file: string): Promise<Zip> }} */ (
    /** @type {unknown} */ (await import('yauzl'))
  )
  const zip = await yauzl.openPromise(zipFile)
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.startsWith(folder)) continue
    const file = entry.fileName.slice(folder.length)
    if (!file || file.endsWith('/') || !wanted(file)) continue
    const mode = entry.externalFileAttributes >>> 16
    const out = path.resolve(dest, file)
    if (!out.startsWith(dest + path.sep) || (mode & fileType) === symlink) {
      throw new Error(`${zipFile} has an entry that leaves its folder: ${entry.fileName}`)
    }
    mkdirSync(path.dirname(out), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(out, { mode: mode & 0o777 || 0o644 }))
  }
}
