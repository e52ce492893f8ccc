import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { RunEvent } from '../../index.ts'
import { designerFolder, openInstallation, type StartedRun, startRun, userDataFolder } from '../../host/index.ts'
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
  const accounts = await studioAccounts(process.env)
  const begin = (): Promise<StartedRun> =>
    startRun({
      folder: designerFolder(folder, randomUUID),
      installation: openInstallation(userDataFolder(process.env)),
      path: flow,
      inputs: args.inputs,
      mail: args.mail,
      accounts,
      ...(args.journal !== undefined && { runs: path.resolve(args.journal) }),
      onEvent: eventPrinter(args.json, terminal)
    })
  return carryRun(
    begin,
    { json: args.json, resume: (run) => commandLine(['resume', run], { ...args, folder }) },
    terminal
  )
}

/** Prints the events of a run: as they are, or as a timeline. What it waits for from outside is told on stderr in both cases. */
export function eventPrinter(
  json: boolean,
  terminal: Pick<Terminal, 'print' | 'remark'>,
  timeline = new Timeline(terminal)
): (event: RunEvent) => void {
  if (!json) return (event) => timeline.add(event)
  return (event) => {
    terminal.print(JSON.stringify(event))
    if (event.event === 'Logged' && event.awaits) terminal.remark(event.message)
  }
}
