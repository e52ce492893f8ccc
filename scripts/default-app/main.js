// Stands in for Electron's own default app: loads the app folder or file named on the command line.
// It waits at top level for that app to load, because Electron holds back `ready` until then: what an app must do
// before `ready` (registerSchemesAsPrivileged, setPath) is then still in time.
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/** Splits the command line at the app's name: what comes after it belongs to the app. */
function read(argv) {
  const preload = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '-r' || word === '--require') preload.push(argv[++i])
    else if (word === '-v' || word === '--version') return { version: true, preload }
    else if (!word.startsWith('-')) return { target: path.resolve(word), preload }
  }
  return { preload }
}

/** Takes name and version from the app's package.json, as a packaged app would, and runs its main file. */
async function load(target) {
  const file = path.join(target, 'package.json')
  if (existsSync(file)) {
    const { name, productName = name, version, desktopName } = JSON.parse(readFileSync(file, 'utf8'))
    if (productName) app.setName(productName)
    if (version) app.setVersion(version)
    app.setDesktopName(desktopName ?? `${name}.desktop`)
  }
  const main = Module._resolveFilename(target, null, true)
  app.setAppPath(existsSync(file) ? target : path.dirname(main))
  await import(pathToFileURL(main).href)
}

const { version, target, preload } = read(process.argv.slice(1))
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
if (preload.length) Module._preloadModules(preload)

if (version) {
  console.log(`v${process.versions.electron}`)
  app.exit(0)
} else if (!target) {
  console.error('Name the app to run: electron [options] <folder or file>')
  app.exit(2)
} else {
  try {
    await load(target)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}
