// A lock between processes: a folder that only one of them can make. A dead owner's lock is taken over.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const beat = 5_000

/**
 * Waits for the lock; the answer gives it back.
 * @param {string} folder @param {string} doing for whoever has to wait @param {(line: string) => void} tell
 * @returns {Promise<() => void>}
 */
export async function lock(folder, doing, tell) {
  let told = false
  while (!take(folder, doing)) {
    const owner = ownerOf(folder)
    if (!alive(folder, owner)) {
      takeAway(folder)
      continue
    }
    if (!told) tell(`Another process (${owner ?? 'just starting'}) is ${doing}: waiting for it.`)
    told = true
    await sleep(250)
  }
  // Owners in another container have process numbers that say nothing here: they show life by touching the folder.
  const heart = setInterval(() => touch(folder), beat).unref()
  const release = () => {
    clearInterval(heart)
    process.off('exit', release)
    if (ownerOf(folder) === process.pid) rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', release)
  return release
}

/** @param {string} folder @param {string} doing */
function take(folder, doing) {
  try {
    mkdirSync(path.dirname(folder), { recursive: true })
    mkdirSync(folder)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw new Error(`${path.dirname(folder)} cannot be written, which ${doing} needs. Make it writable for you.`, {
      cause: error
    })
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid))
  return true
}

/** @param {string} folder */
function ownerOf(folder) {
  try {
    return Number(readFileSync(path.join(folder, 'pid'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

/** @param {string} folder @param {number | undefined} owner */
function alive(folder, owner) {
  try {
    const quietFor = Date.now() - statSync(folder).mtimeMs
    if (quietFor < beat * 2) return owner === undefined || running(owner)
    return owner !== undefined && quietFor < beat * 60 && running(owner)
  } catch {
    return false // given back meanwhile
  }
}

/** @param {number} pid */
function running(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** Moves a dead owner's lock aside before deleting it, so that two who notice at once cannot delete a new one. @param {string} folder */
function takeAway(folder) {
  const aside = `${folder}.dead-${process.pid}`
  try {
    renameSync(folder, aside)
  } catch {
    return // somebody else was first
  }
  rmSync(aside, { recursive: true, force: true })
}

/** @param {string} folder */
function touch(folder) {
  try {
    utimesSync(folder, new Date(), new Date())
  } catch {
    // Deleted by hand: nothing to keep alive.
  }
}
