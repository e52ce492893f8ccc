import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { flowRunsFolder, processFolderName, readSummary } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import type { RunEvent, ThreadId } from '../../index.ts'
import { exitCodes } from './exitCode.ts'
import { findFlow } from './findFlow.ts'
import { onSignals } from './carryRun.ts'
import { eventPrinter } from './eventPrinter.ts'
import type { FlowToRun } from './runFlow.ts'
import type { Terminal } from '../terminal.ts'

/**
 * `tailrace run --no-wait`: runs the flow in a process of its own, which outlives this one, and passes on what it prints
 * until the reply. Answers the exit status, once lists of runs tell the reply: that of the other process when it ended
 * without one. Before the reply, Ctrl+C ends the run as it does elsewhere.
 */
export async function detachedRun(argv: readonly string[], args: FlowToRun, terminal: Terminal): Promise<number> {
  const { json } = args
  const { folder } = await findFlow(args.flow, args.folder)
  const base = args.journal === undefined ? path.join(folder, processFolderName) : path.resolve(args.journal)
  // Whatever started this process with these arguments starts the other one: Node with a script, or the studio.
  const [program = process.execPath, ...before] = process.argv.slice(0, process.argv.length - argv.length)
  const childArgs = [...argv.filter((arg) => !['--no-wait', '--json', '--quiet'].includes(arg)), '--json']
  const child = spawn(program, [...process.execArgv, ...before, ...childArgs], {
    detached: true,
    stdio: [args.inputs === '-' ? 'inherit' : 'ignore', 'pipe', 'pipe']
  })
  // It is in a process group of its own: what comes from the terminal does not reach it.
  let stopping = false
  const pass = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
    stopping = true
    child.kill(signal)
  }
  const forget = onSignals({ SIGINT: pass('SIGINT'), SIGTERM: pass('SIGTERM') }, () => void child.kill('SIGKILL'))
  // What goes beside the result comes on its stderr.
  const print = eventPrinter(args, { ...terminal, remark: () => undefined })
  let run = ''
  let runFolder = ''
  let left = false
  const background = new Set<ThreadId>()
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    createInterface(child.stdout).on('line', (line) => {
      // The other process is this very program: every line it prints is an event.
      const event = JSON.parse(line) as RunEvent
      if (left) return
      print(event)
      if (event.event === 'RunStarted') {
        run = event.run
        runFolder = path.join(flowRunsFolder(base, event.flows[event.flow]?.name ?? ''), run)
      }
      if (event.event === 'ThreadStarted' && event.kind === 'background') background.add(event.thread)
      if (event.event === 'ThreadEnded') background.delete(event.thread)
      // Without a background part the end is near, and tells more.
      if (event.event !== 'Replied' || background.size === 0 || stopping) return
      left = true
      forget()
      if (!json && !args.quiet) terminal.print(cliMessages.goesOn(child.pid ?? 0, run))
      child.unref()
      resolve(replyListed(runFolder).then(() => exitCodes.fine))
    })
    createInterface(child.stderr).on('line', (line) => terminal.remark(line))
    child.on('close', (code, signal) => {
      forget()
      resolve(code ?? (signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.failed))
    })
  })
}

/** How often it is looked whether a reply is listed, and how long it is waited between two looks, in milliseconds. */
const looks = { most: 200, pause: 10 }

/** Resolves once the summary in a run's folder tells the reply, or when it should have long done so. */
async function replyListed(runFolder: string): Promise<void> {
  for (let look = 0; look < looks.most; look++) {
    if ((await readSummary(runFolder))?.reply) return
    await pause(looks.pause)
  }
}
