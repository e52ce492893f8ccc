// `npm run dist`: an installable package in dist/, made offline from the runtime the studio runs with here.
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildStudio } from './build.mjs'
import { fail } from './command.mjs'
import { resolveRuntime } from './electron-runtime.mjs'
import { packageApp } from './package/app.mjs'
import { makeDeb } from './package/deb.mjs'
import { at, manifest } from './project.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const started = Date.now()
/** @param {string} line */
const tell = (line) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`)
const work = mkdtempSync(path.join(os.tmpdir(), 'tailrace-dist-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

try {
  const linux = process.platform === 'linux'
  if (linux) await ensureSystemPackages({ also: [{ program: 'dpkg-deb', packages: ['dpkg'] }] })
  const runtime = await resolveRuntime()
  const pin = manifest.devDependencies.electron
  if (runtime.version !== pin)
    tell(
      `BUILT WITH ELECTRON ${runtime.version || '(VERSION UNKNOWN)'} INSTEAD OF ${pin}: for trying out, not for giving away`
    )
  await buildStudio()
  tell('built')
  const { folder, fuses } = await packageApp(runtime, work)
  tell(`packaged; fuses: ${fuses}`)
  if (linux) {
    const file = await makeDeb(folder, work)
    tell(`${path.relative(at(), file)}, ${(statSync(file).size / 1e6).toFixed(1)} MB`)
  } else {
    const dest = at('dist', path.basename(folder))
    rmSync(dest, { recursive: true, force: true })
    renameSync(folder, dest)
    tell(`${path.relative(at(), dest)}: a folder to copy; there is no installer for ${process.platform} yet`)
  }
} catch (error) {
  fail(error)
}
