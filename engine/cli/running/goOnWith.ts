import { type Doubt, type DoubtHandling, type Run, type RunEvent, foldRun, retryEvent } from '../../index.ts'
import {
  HostError,
  type ListedRun,
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
import { commandLine } from '../commandLine.ts'
import { flowName, stepName } from '../namesInRun.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'
import { carryRun } from './carryRun.ts'
import { type Telling, eventPrinter } from './eventPrinter.ts'
import { exitCodes } from './exitCode.ts'
import { existingFolder } from './findFlow.ts'
import { foreignRun } from './foreignRun.ts'
import { Timeline } from './timeline.ts'

/** Why a run is to go on: it was interrupted, or it has failed. */
export type Way = 'resume' | 'retry'

/** How a person wants a run to go on. */
export interface GoingOn extends Telling {
  readonly folder: string | undefined
  readonly journal: string | undefined
  readonly mail: string | undefined
  readonly trust: boolean
  readonly 'in-doubt': DoubtHandling | 'ask' | undefined
}

/** Goes on with a run and stays with it until it is settled; asks what nobody has said. Answers the exit status. Throws HostError. */
export async function goOnWith(way: Way, found: ListedRun, args: GoingOn, terminal: Terminal): Promise<number> {
  const command = commandAgain(way, found.id, args)
  const inDoubt = args['in-doubt'] ?? 'ask'
  const installation = openInstallation(userDataFolder(process.env))
  const kept = await installation.startOf(found.folder)
  const start = await startOf(args, kept)
  const accounts = await studioAccounts(process.env)
  const retry = way === 'retry'
  const request = { installation, run: found.folder, accounts, retry, ...((kept ?? args.trust) && { start }) }
  const carry = (handling: DoubtHandling | 'ask'): Promise<number> =>
    carryRun(
      () => resumeWith({ ...request, inDoubt: handling }, args, terminal),
      { json: args.json, quiet: args.quiet, resume: () => commandAgain('resume', found.id, args) },
      terminal
    )
  try {
    return await carry(inDoubt)
  } catch (error) {
    if (error instanceof HostError && error.code === 'run-foreign') {
      const { run, events } = await readRun(found.folder, found.number)
      const goingOn = run && retry ? foldRun([retryEvent(events, Date.now())], run) : run
      for (const line of foreignRun(found.id, goingOn, start, `${command} --trust`)) terminal.remark(line)
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
const commandAgain = (way: Way, run: string, args: GoingOn): string =>
  commandLine(
    [way, run, ...(args.mail === undefined ? [] : ['--mail', args.mail]), ...(args.trust ? ['--trust'] : [])],
    args
  )

/** What the run goes on with: as the person says now, else as it was started here, never as its own folder says. */
async function startOf({ folder, mail }: GoingOn, kept: RunStart | undefined): Promise<RunStart> {
  return {
    mail: mail ?? kept?.mail ?? outboxName,
    root: folder === undefined && kept ? kept.root : await existingFolder(folder ?? '.')
  }
}

function resumeWith(request: ResumeRequest, { json, quiet }: Telling, terminal: Terminal): Promise<ResumedRun> {
  const password = process.env.TAILRACE_MAIL_PASSWORD
  const timeline = new Timeline(terminal)
  return resumeRun({
    ...request,
    ...(password !== undefined && { password }),
    onPast: (events) => {
      if (json) return
      timeline.learn(events)
      if (!quiet) tellPast(events, request.retry === true, terminal)
    },
    onEvent: eventPrinter({ json, quiet }, terminal, timeline)
  })
}

/** Says which run it is and what of it has happened already. */
function tellPast(events: readonly RunEvent[], retried: boolean, terminal: Terminal): void {
  const run = foldRun(events)
  const line = retried ? cliMessages.runRetried : cliMessages.runResumed
  terminal.print(line(flowName(run, run.flow), run.id))
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
