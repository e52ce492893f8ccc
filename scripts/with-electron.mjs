// Runs a command that needs Electron: `node scripts/with-electron.mjs <command> [arguments]`.
// `electron` is the runtime itself, `node` this Node, anything else a tool that npm installed.
import { fail, run } from './command.mjs'
import { resolveRuntime, runtimeEnv } from './electron-runtime.mjs'
import { tool } from './project.mjs'

const [command, ...args] = process.argv.slice(2)
try {
  if (!command) throw new Error('Name the command to run: node scripts/with-electron.mjs <command> [arguments]')
  const runtime = await resolveRuntime()
  const [program, before] =
    command === 'electron'
      ? [runtime.exec, runtime.args]
      : [process.execPath, command === 'node' ? [] : [tool(command)]]
  const { code } = await run(program, [...before, ...args], { env: runtimeEnv(runtime), cwd: process.cwd() })
  process.exitCode = code
} catch (error) {
  fail(error)
}
