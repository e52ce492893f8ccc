import { type Doubt, type DoubtHandling, type Run, type RunEvent, foldRun } from '../../index.ts'
import {
  HostError,
  openInstallation,
  outboxName,
  type ResumedRun,
  resumeRun,
  type ResumeRequest,
  RunInDoubt,
  type RunStart,
  readRun,
  userDataFolder
} from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { carryRun } from './carryRun.ts'
import { commandLine } from '../commandLine.ts'
import { exitCodes } from '../exitCode.ts'
import { existingFolder } from '../findFlow.ts'
import { findRun } from '../findRun.ts'
import { flowName, stepName } from '../namesInRun.ts'
import type { ResumeArguments } from '../parseCommand.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'
import { foreignRun } from './foreignRun.ts'
import { eventPrinter } from './runCommand.ts'
import { Timeline } from './timeline.ts'

/** `tailrace resume`: goes on with an interrupted run to its end. Answers the exit status. */
export async function resumeCommand(args: ResumeArguments, terminal: Terminal): Promise<number> {
  const found = await findRun(args.run, args.folder, args.journal)
  const command = commandAgain(found.id, args)
  const installation = openInstallation(userDataFolder(process.env))
  const kept = await installation.startOf(found.folder)
  const start = await startOf(args, kept)
  const accounts = await studioAccounts(process.env)
  const request = { installation, run: found.folder, accounts, ...((kept ?? args.trust) && { start }) }
  const carry = (inDoubt: DoubtHandling | 'ask'): Promise<number> =>
    carryRun(
      () => resumeWith({ ...request, inDoubt }, args.json, terminal),
      { json: args.json, resume: () => command },
      terminal
    )
  try {
    return await carry(args.inDoubt)
  } catch (error) {
    if (error instanceof HostError && error.code === 'run-foreign') {
      const { run } = await readRun(found.folder, found.number)
      for (const line of foreignRun(found.id, run, start, `${command} --trust`)) terminal.remark(line)
      return exitCodes.wrongUsage
    }
    if (!(error instanceof RunInDoubt)) throw error
    for (const line of doubtLines(error.doubts, error.run)) terminal.remark(line)
    const handling = await askDoubt(terminal)
    if (handling) return carry(handling)
    terminal.remark(cliMessages.doubtHelp(command))
    return exitCodes.wrongUsage
  }
}

/** The same command once more, as far as it says which run goes on and with what. */
const commandAgain = (run: string, args: ResumeArguments): string =>
  commandLine(
    ['resume', run, ...(args.mail === undefined ? [] : ['--mail', args.mail]), ...(args.trust ? ['--trust'] : [])],
    args
  )

/** What the run goes on with: as the person says now, else as it was started here, never as its own folder says. */
async function startOf({ folder, mail }: ResumeArguments, kept: RunStart | undefined): Promise<RunStart> {
  return {
    mail: mail ?? kept?.mail ?? outboxName,
    root: folder === undefined && kept ? kept.root : await existingFolder(folder ?? '.')
  }
}

function resumeWith(request: ResumeRequest, json: boolean, terminal: Terminal): Promise<ResumedRun> {
  const password = process.env.TAILRACE_MAIL_PASSWORD
  const timeline = new Timeline(terminal)
  return resumeRun({
    ...request,
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
      parts.push(cliMessages.progress(stepName(run, frame, step), progress.done, progress.total))
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
