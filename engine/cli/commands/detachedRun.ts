import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cliMessages } from '../../messages/cli.ts'
import type { RunEvent, ThreadId } from '../../index.ts'
import { exitCodes } from '../exitCode.ts'
import { eventPrinter } from './runCommand.ts'
import type { Terminal } from '../terminal.ts'

/**
 * `tailrace run --no-wait`: runs the flow in a process of its own, which outlives this one, and passes on what it prints
 * until the reply. Answers the exit status: that of the other process when it ended without a reply.
 */
export function detachedRun(argv: readonly string[], json: boolean, terminal: Terminal): Promise<number> {
  // Whatever started this process with these arguments starts the other one: Node with a script, or the studio.
  const [program = process.execPath, ...before] = process.argv.slice(0, process.argv.length - argv.length)
  const args = [...argv.filter((arg) => arg !== '--no-wait' && arg !== '--json'), '--json']
  const child = spawn(program, [...process.execArgv, ...before, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const print = eventPrinter(json, terminal)
  let run = ''
  let left = false
  const background = new Set<ThreadId>()
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    createInterface(child.stdout).on('line', (line) => {
      // The other process is this very program: every line it prints is an event.
      const event = JSON.parse(line) as RunEvent
      if (left) return
      print(event)
      if (event.event === 'RunStarted') run = event.run
      if (event.event === 'ThreadStarted' && event.kind === 'background') background.add(event.thread)
      if (event.event === 'ThreadEnded') background.delete(event.thread)
      // Without a background part the end is near, and tells more.
      if (event.event !== 'Replied' || background.size === 0) return
      left = true
      if (!json) terminal.print(cliMessages.goesOn(child.pid ?? 0, run))
      child.unref()
      resolve(exitCodes.fine)
    })
    createInterface(child.stderr).on('line', (line) => terminal.remark(line))
    child.on('close', (code) => resolve(code ?? exitCodes.failed))
  })
}
