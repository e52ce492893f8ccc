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
import { commandLine } from '../commandLine.ts'
import { defineCommand, placesOfRuns, runWord } from '../grammar/command.ts'
import { flowName, stepName } from '../namesInRun.ts'
import { carryRun } from '../running/carryRun.ts'
import { eventPrinter } from '../running/eventPrinter.ts'
import { exitCodes } from '../running/exitCode.ts'
import { existingFolder } from '../running/findFlow.ts'
import { findRun } from '../running/findRun.ts'
import { foreignRun } from '../running/foreignRun.ts'
import { Timeline } from '../running/timeline.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'

interface ResumeArguments {
  readonly run: string
  readonly folder: string | undefined
  readonly journal: string | undefined
  readonly mail: string | undefined
  readonly trust: boolean
  readonly json: boolean
}

export const resumeCommand = defineCommand({
  name: 'resume',
  summary: 'Goes on with an interrupted run, from where it was. RUN is its id or the beginning of it',
  words: { run: runWord('which run to resume') },
  options: {
    ...placesOfRuns,
    'in-doubt': {
      value: 'WAY',
      choices: ['ask', 'retry', 'skip'],
      summary:
        'What happens to mails that were on their way when the run was interrupted, so that nobody knows whether they arrived: ask (unless given), retry (send them again) or skip (leave them out)'
    },
    mail: { value: 'ACCOUNT', summary: 'Where mails go: as the run was started, unless given' },
    trust: {
      summary:
        'Goes on also with a run that this installation did not start, such as one in a copied folder. Its mails go to the outbox unless --mail says otherwise'
    },
    json: { summary: 'Prints every event from now on as one line of JSON' }
  },
  perform: (given, terminal) => resume(given, given['in-doubt'] ?? 'ask', terminal)
})

async function resume(args: ResumeArguments, inDoubt: DoubtHandling | 'ask', terminal: Terminal): Promise<number> {
  const found = await findRun(args.run, args.folder, args.journal)
  const command = commandAgain(found.id, args)
  const installation = openInstallation(userDataFolder(process.env))
  const kept = await installation.startOf(found.folder)
  const start = await startOf(args, kept)
  const accounts = await studioAccounts(process.env)
  const request = { installation, run: found.folder, accounts, ...((kept ?? args.trust) && { start }) }
  const carry = (handling: DoubtHandling | 'ask'): Promise<number> =>
    carryRun(
      () => resumeWith({ ...request, inDoubt: handling }, args.json, terminal),
      { json: args.json, resume: () => command },
      terminal
    )
  try {
    return await carry(inDoubt)
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
    onEvent: eventPrinter({ json, quiet: false }, terminal, timeline)
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
