// `npm start`: everything from a fresh clone to the open studio. Without a display it runs the demo instead.
import { buildStudio } from './build.mjs'
import { fail, run, runNode } from './command.mjs'
import { resolveRuntime, runtimeEnv } from './electron-runtime.mjs'
import { at, root } from './project.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const { DISPLAY, WAYLAND_DISPLAY } = process.env

async function open() {
  await ensureSystemPackages()
  const runtime = await resolveRuntime()
  await buildStudio()
  const flags = [...runtime.args, '--log-level=3'] // Chromium's own remarks about buses and graphics cards help nobody
  if (WAYLAND_DISPLAY && !DISPLAY) flags.push('--ozone-platform=wayland')
  return run(runtime.exec, [...flags, root, ...process.argv.slice(2)], {
    env: runtimeEnv(runtime),
    cwd: process.env.INIT_CWD
  })
}

try {
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    console.error('There is no display here to open the studio on (neither DISPLAY nor WAYLAND_DISPLAY is set).')
    console.error('Running `npm run demo` instead:\n')
    process.exitCode = (await runNode(at('scripts/demo.mjs'))).code
  } else {
    process.exitCode = (await open()).code
  }
} catch (error) {
  fail(error)
}
