// Makes sure of what Electron and a virtual display need from the system: installs it on Debian and its kin when root,
// else names it. `node scripts/system-packages.mjs` does that for everything.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, run } from './command.mjs'

/**
 * What is looked for, and the packages that bring it: later Debians and Ubuntus gave some a new name, which comes first.
 * @typedef {{ program: string, packages: string[] } | { library: string, packages: string[] }} Need
 */

/** @type {Need[]} */
const libraries = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] }
]
/** @type {Need[]} */
const display = [
  { program: 'xvfb-run', packages: ['xvfb'] },
  { program: 'Xvfb', packages: ['xvfb'] },
  { program: 'xauth', packages: ['xauth'] }
]

/**
 * Throws a sentence saying what to do when something is missing and may not be installed from here.
 * @param {{ withDisplay?: boolean, also?: Need[] }} [options]
 */
export async function ensureSystemPackages({ withDisplay = false, also = [] } = {}) {
  if (process.platform !== 'linux') return
  const needs = [...libraries, ...(withDisplay ? display : []), ...also]
  const missing = absent(needs)
  if (missing.length === 0) return

  const names = missing.map((need) => ('program' in need ? need.program : need.library)).join(', ')
  if (!find('apt-get')) {
    throw new Error(`This system lacks ${names}. Install them with your package manager, then try again.`)
  }
  const root = process.getuid?.() === 0
  if (root) {
    console.error(`Installing what this system lacks: ${names} ...`)
    await apt(['update', '-q'])
  }
  const packages = [...new Set(missing.map((need) => available(need.packages)))]
  if (!root) {
    const command = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
    throw new Error(`This system lacks ${names}. Install them, then try again:\n  ${command}`)
  }
  await apt(['install', '-y', '--no-install-recommends', ...packages])
  const still = absent(needs)
  if (still.length > 0) throw new Error(`apt-get installed ${packages.join(' ')}, but something is still missing.`)
}

/** @param {Need[]} needs */
function absent(needs) {
  const known = spawnSync(find('ldconfig') ?? '/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? ''
  return needs.filter((need) =>
    'program' in need ? !find(need.program) : !known.includes(`\t${need.library} `) && !inLibraryPath(need.library)
  )
}

/** Where a program is; the folders of root count too, as an ordinary user may run what is there. @param {string} name */
function find(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  return folders
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** @param {string} name */
const inLibraryPath = (name) =>
  (process.env.LD_LIBRARY_PATH ?? '').split(':').some((folder) => folder && existsSync(path.join(folder, name)))

/** The first name this system's package lists know. @param {string[]} names */
function available(names) {
  const known = names.find((name) => /^ {2}Candidate: \d/m.test(policy(name)))
  return known ?? /** @type {string} */ (names.at(-1))
}

/** @param {string} name */
const policy = (name) =>
  spawnSync('apt-cache', ['policy', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout ?? ''

/** @param {string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { env, quiet: true })
  if (code !== 0) throw new Error(`${output}\napt-get ${args.join(' ')} failed: see the messages above.`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureSystemPackages({ withDisplay: true }).then(() => console.log('The system has all it needs.'), fail)
}
