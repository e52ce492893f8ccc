// Makes the app folder: Electron under our name, with what was built in one archive and the release fuses set.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { packager } from '@electron/packager'
import { at, manifest } from '../project.mjs'
import { readFuses, setFuses } from '../runtime/fuses.mjs'

/** What a release must not be talked into, and must load. */
const releaseFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // Both or neither: each alone can be gone round.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false
}

/** Needed by developers, not by the app; `.complete` is the mark of our cache. */
const leftOut = ['default_app.asar', '.complete']

/**
 * @param {import('../electron-runtime.mjs').Runtime} runtime @param {string} work a folder to work in
 * @returns {Promise<{ folder: string, fuses: string }>}
 */
export async function packageApp(runtime, work) {
  const source = path.join(work, 'source')
  stage(source)
  const [folder] = await packager({
    dir: source,
    out: work,
    tmpdir: path.join(work, 'tmp'),
    name: manifest.productName,
    executableName: manifest.name,
    appVersion: manifest.version,
    electronVersion: runtime.version || '0.0.0',
    // Packager wants a zip file of Electron. It gets an empty one, and the runtime we have is copied in after it.
    electronZipDir: emptyZip(work, runtime.version || '0.0.0'),
    afterExtract: [(buildPath, _version, _platform, _arch, done) => done(copyRuntime(runtime.dist, buildPath))],
    asar: { unpackDir: 'resources' },
    prune: false,
    overwrite: true,
    quiet: true
  })
  if (typeof folder !== 'string') throw new Error('The packager made no folder.')
  const program = programIn(folder)
  setFuses(program, releaseFuses)
  const fuses = readFuses(program)
  for (const [name, on] of Object.entries(releaseFuses)) {
    const state = /** @type {Record<string, string>} */ (fuses)[name]
    if (state !== (on ? 'on' : 'off')) throw new Error(`The fuse ${name} is ${state} in ${program}.`)
  }
  return {
    folder,
    fuses: Object.entries(fuses)
      .map(([name, state]) => `${name} ${state}`)
      .join(', ')
  }
}

/** Everything the app is: what was built, its resources, and a package.json without tools. @param {string} source */
function stage(source) {
  rmSync(source, { recursive: true, force: true })
  mkdirSync(source, { recursive: true })
  for (const folder of ['out', 'resources']) cpSync(at(folder), path.join(source, folder), { recursive: true })
  for (const leftOut of ['resources/linux', 'out/bench'])
    rmSync(path.join(source, leftOut), { recursive: true, force: true })
  const { name, productName, version, description, author, license } = manifest
  const own = { name, productName, version, description, author, license, type: 'module', main: 'out/main/index.js' }
  // What it should be, so that the app can say so when it is another one.
  const electron = manifest.devDependencies.electron
  writeFileSync(
    path.join(source, 'package.json'),
    `${JSON.stringify({ ...own, electron, desktopName: `${name}.desktop` }, null, 2)}\n`
  )
}

/** @param {string} work @param {string} version */
function emptyZip(work, version) {
  const folder = path.join(work, 'zip')
  mkdirSync(folder, { recursive: true })
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50) // "end of central directory", and nothing before it
  writeFileSync(path.join(folder, `electron-v${version}-${process.platform}-${process.arch}.zip`), end)
  return folder
}

/** @param {string} dist @param {string} to @returns {Error | undefined} */
function copyRuntime(dist, to) {
  try {
    for (const name of readdirSync(dist).filter((each) => !leftOut.includes(each))) {
      const wanted = (/** @type {string} */ file) => !leftOut.includes(path.basename(file))
      cpSync(path.join(dist, name), path.join(to, name), { recursive: true, verbatimSymlinks: true, filter: wanted })
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** @param {string} folder */
function programIn(folder) {
  const { productName, name } = manifest
  if (process.platform === 'darwin') {
    return path.join(folder, `${productName}.app/Contents/Frameworks/Electron Framework.framework/Electron Framework`)
  }
  return path.join(folder, process.platform === 'win32' ? `${name}.exe` : name)
}
