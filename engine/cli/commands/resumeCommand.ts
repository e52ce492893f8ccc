import { randomUUID } from 'node:crypto'
import { type Doubt, type DoubtHandling, type Run, type RunEvent, foldRun, stepOf } from '../../index.ts'
import { designerFolder, type MailAccount, type ResumedRun, resumeRun, RunInDoubt } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { carryRun } from './carryRun.ts'
import { commandLine } from '../commandLine.ts'
import { exitCodes } from '../exitCode.ts'
import { findRun, type FoundRun } from '../findRun.ts'
import type { ResumeArguments } from '../parseCommand.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'
import { eventPrinter } from './runCommand.ts'
import { Timeline } from './timeline.ts'

/** `tailrace resume`: goes on with an interrupted run to its end. Answers the exit status. */
export async function resumeCommand(args: ResumeArguments, terminal: Terminal): Promise<number> {
  const found = await findRun(args.run, args.folder, args.journal)
  const command = commandLine(['resume', found.id], args)
  const accounts = await studioAccounts(process.env)
  const carry = (inDoubt: DoubtHandling | 'ask'): Promise<number> =>
    carryRun(
      () => resumeWith(found, inDoubt, accounts, args.json, terminal),
      { json: args.json, resume: () => command },
      terminal
    )
  try {
    return await carry(args.inDoubt)
  } catch (error) {
    if (!(error instanceof RunInDoubt)) throw error
    for (const line of doubtLines(error.doubts, error.run)) terminal.remark(line)
    const handling = await askDoubt(terminal)
    if (handling) return carry(handling)
    terminal.remark(cliMessages.doubtHelp(command))
    return exitCodes.wrongUsage
  }
}

function resumeWith(
  { run, folder }: FoundRun,
  inDoubt: DoubtHandling | 'ask',
  accounts: readonly MailAccount[],
  json: boolean,
  terminal: Terminal
): Promise<ResumedRun> {
  const password = process.env.TAILRACE_MAIL_PASSWORD
  const timeline = new Timeline(terminal)
  return resumeRun({
    folder: designerFolder(folder, randomUUID),
    run,
    inDoubt,
    accounts,
    ...(password !== undefined && { password }),
    onPast: (events) => {
      if (json) return
      timeline.learn(events)
      tellPast(events, terminal)
    },
    onEvent: eventPrinter(json, terminal, timeline)
  })
}

/** Says which run it is and what of it has happened already. */
function tellPast(events: readonly RunEvent[], terminal: Terminal): void {
  const run = foldRun(events)
  terminal.print(cliMessages.runResumed(flowName(run, run.flow), run.id))
  const parts = [cliMessages.alreadyEvents(events.length)]
  if (run.reply) parts.push(cliMessages.repliedAfter(run.reply.outcome, run.reply.at))
  for (const { state, progress, step, frame } of run.visits)
    if (state === 'running' && progress)
      parts.push(cliMessages.progress(stepName(run, pathOf(run, frame), step), progress.done, progress.total))
  terminal.print(cliMessages.already(parts))
}

function doubtLines(doubts: readonly Doubt[], run: Run): string[] {
  return doubts
    .filter(({ handling }) => handling === 'ask')
    .flatMap(({ name, flow, items }) => [
      cliMessages.inDoubt(name, flowName(run, flow), items.length),
      ...items.map(({ label }) => cliMessages.doubtfulItem(label))
    ])
}

/** What the person at the terminal wants; undefined when there is nobody, or they want to stop here. */
async function askDoubt(terminal: Terminal): Promise<DoubtHandling | undefined> {
  for (;;) {
    const answer = (await terminal.ask(cliMessages.doubtQuestion))?.trim().toLowerCase()
    if (answer === undefined || answer === '') return undefined
    if (answer === 'r' || answer === 'retry') return 'retry'
    if (answer === 'l' || answer === 'leave' || answer === 'skip') return 'skip'
  }
}

const flowName = (run: Run, path: string): string => run.flows[path]?.name ?? path

const pathOf = (run: Run, frame: number): string => run.frames.find(({ id }) => id === frame)?.path ?? run.flow

function stepName(run: Run, path: string, step: string): string {
  const flow = run.flows[path]
  return (flow && stepOf(flow, step)?.name) ?? step
}
