import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { RunEvent } from '../../index.ts'
import { designerFolder, startRun } from '../../host/index.ts'
import { carryRun } from './carryRun.ts'
import { commandLine } from '../commandLine.ts'
import { findFlow } from '../findFlow.ts'
import type { RunArguments } from '../parseCommand.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'
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
  return carryRun(run, { json: args.json, resume: commandLine(['resume', run.id], { ...args, folder }) }, terminal)
}

/** Prints the events of a run: as they are, or as a timeline. */
export function eventPrinter(json: boolean, terminal: Terminal): (event: RunEvent) => void {
  if (json) return (event) => terminal.print(JSON.stringify(event))
  const timeline = new Timeline((line) => terminal.print(line))
  return (event) => timeline.add(event)
}
