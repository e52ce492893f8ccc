import { cliMessages } from '../../messages/cli.ts'
import { type ListedRun, listRuns, openInstallation, userDataFolder } from '../../host/index.ts'
import { commandLine } from '../commandLine.ts'
import { defineCommand, placesOfRuns } from '../grammar/command.ts'
import { exitCodes } from '../running/exitCode.ts'
import { runsBase } from '../running/findRun.ts'
import type { Terminal } from '../terminal.ts'

export const runsCommand = defineCommand({
  name: 'runs',
  summary: 'Lists the runs of a Designer Folder, newest first',
  words: {},
  options: { ...placesOfRuns, json: { summary: 'Prints every run as one line of JSON' } },
  async perform(given, terminal) {
    const base = await runsBase(given.folder, given.journal)
    const runs = await listRuns(base)
    if (given.json) for (const run of runs) terminal.print(JSON.stringify(summaryOf(run)))
    else if (runs.length === 0) terminal.print(cliMessages.noRuns(base))
    else for (const run of runs) printRun(run, terminal)
    if (!given.json) await tellHowToResume(runs, given, terminal)
    return exitCodes.fine
  }
})

/** Says how interrupted runs go on, if one of them was started here. */
async function tellHowToResume(
  runs: readonly ListedRun[],
  places: { readonly folder: string | undefined; readonly journal: string | undefined },
  terminal: Terminal
): Promise<void> {
  const installation = openInstallation(userDataFolder(process.env))
  for (const { id, folder, state } of runs)
    if (state === 'interrupted' && (await installation.startOf(folder))) {
      terminal.remark(cliMessages.interruptedHelp(commandLine(['resume', id], places)))
      return
    }
}

/** A run as one line of JSON; `reply` and `settled` are null while there is none. Large outputs are left out. */
function summaryOf({ id, number, folder, summary, state, problem, suspended }: ListedRun) {
  return {
    id,
    flow: summary?.flow ?? null,
    name: summary?.name ?? null,
    number,
    startedAt: summary?.startedAt ?? null,
    reply: summary?.reply ?? null,
    settled: summary?.settled ?? null,
    retries: summary?.retries ?? 0,
    state,
    background: summary?.background ?? 0,
    folder,
    ...(problem !== undefined && { problem }),
    ...(suspended !== undefined && { suspended })
  }
}

function printRun({ id, number, summary, state, problem, suspended }: ListedRun, terminal: Terminal): void {
  const parts = [id, `${summary?.name ?? '?'} #${number}`, state]
  if (summary?.retries !== undefined) parts.push(cliMessages.timesRetried(summary.retries))
  if (summary?.reply) parts.push(`${cliMessages.replied(summary.reply.outcome)} ${seconds(summary.reply.at)}`)
  if (summary?.settled) parts.push(`settled ${seconds(summary.settled.at)}`)
  const threads = state === 'running' ? (summary?.background ?? 0) : 0
  if (threads > 0) parts.push(cliMessages.runBackground(threads))
  terminal.print(parts.join(' · '))
  for (const why of [problem, suspended]) if (why !== undefined) terminal.print(`  ${why}`)
}

const seconds = (at: number): string => `after ${(at / 1000).toFixed(3)} s`
