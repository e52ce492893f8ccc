// The cache folder for runtimes, and how a whole runtime in it is told from a broken one.
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A path in the cache: $TAILRACE_RUNTIME_CACHE, else where this user keeps caches. @param {string} name */
export function cacheFolder(name) {
  const own = process.env.TAILRACE_RUNTIME_CACHE
  const base = own || path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'tailrace')
  return path.resolve(base, name)
}

/** Makes the cache folder, and sure that it can be written. */
export function openCache() {
  const folder = cacheFolder('.')
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Error(
      `The cache folder ${folder} cannot be written. Set TAILRACE_RUNTIME_CACHE to a folder you may write in.`,
      { cause: error }
    )
  }
}

/**
 * Is this runtime there, and whole? The mark is written last and says how big the program must be.
 * @param {{ folder: string, recipe: number }} wanted
 */
export function cachedRuntime({ folder, recipe }) {
  const dist = cacheFolder(folder)
  try {
    const mark = JSON.parse(readFileSync(path.join(dist, '.complete'), 'utf8'))
    const program = statSync(path.join(dist, 'electron'))
    return mark.recipe === recipe && mark.size === program.size && (program.mode & 0o111) !== 0
  } catch {
    return false
  }
}
