import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { cliMessages } from '../messages/cli.ts'
import type { RunEvent } from '../index.ts'
import { designerFolder, startRun } from '../host/index.ts'
import { exitCodeOf } from './exitCode.ts'
import { findFlow } from './findFlow.ts'
import type { RunArguments } from './parseCommand.ts'
import { studioAccounts } from './studioAccounts.ts'
import type { Terminal } from './terminal.ts'
import { Timeline } from './timeline.ts'

/** `tailrace run`: runs a flow to its end. Answers the exit status. */
export async function runCommand(args: RunArguments, terminal: Terminal): Promise<number> {
  const { folder, path: flow } = await findFlow(args.flow, args.folder)
  const run = await startRun({
    folder: designerFolder(folder, randomUUID),
    path: flow,
    inputs: args.inputs,
    mail: args.mail,
    accounts: await studioAccounts(process.env),
    ...(args.journal !== undefined && { runs: path.resolve(args.journal) }),
    onEvent: eventPrinter(args.json, terminal)
  })
  const interrupted = onInterrupt(() => {
    terminal.remark(cliMessages.stopping)
    run.cancel()
  })
  try {
    const [reply, settled] = await Promise.all([run.reply, run.settled])
    if (!args.json) terminal.print(cliMessages.keptIn(run.processFolder.path))
    if (settled.error?.code === 'journal-failed') terminal.remark(settled.error.message)
    return exitCodeOf(reply, settled)
  } finally {
    interrupted()
  }
}

/** Prints the events of a run: as they are, or as a timeline. */
export function eventPrinter(json: boolean, terminal: Terminal): (event: RunEvent) => void {
  if (json) return (event) => terminal.print(JSON.stringify(event))
  const timeline = new Timeline((line) => terminal.print(line))
  return (event) => timeline.add(event)
}

/** Calls `stop` at the first Ctrl+C; the second one ends the process. Returns what undoes this. */
function onInterrupt(stop: () => void): () => void {
  let times = 0
  const listener = (): void => {
    times += 1
    if (times > 1) process.exit(130)
    stop()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}
