import { cliMessages } from '../../messages/cli.ts'
import { type ListedRun, listRuns, openInstallation, userDataFolder } from '../../host/index.ts'
import { exitCodes } from '../exitCode.ts'
import { runsBase } from '../findRun.ts'
import type { Terminal } from '../terminal.ts'

/** `tailrace runs`: lists runs, newest first. Answers the exit status. */
export async function runsCommand(
  args: { readonly folder: string; readonly journal: string | undefined; readonly json: boolean },
  terminal: Terminal
): Promise<number> {
  const base = await runsBase(args.folder, args.journal)
  const runs = await listRuns(base)
  if (args.json) for (const run of runs) terminal.print(JSON.stringify(summaryOf(run)))
  else if (runs.length === 0) terminal.print(cliMessages.noRuns(base))
  else for (const run of runs) printRun(run, terminal)
  if (!args.json) await tellHowToResume(runs, terminal)
  return exitCodes.fine
}

/** Says how interrupted runs go on, if one of them was started here. */
async function tellHowToResume(runs: readonly ListedRun[], terminal: Terminal): Promise<void> {
  const installation = openInstallation(userDataFolder(process.env))
  for (const { id, folder, state } of runs)
    if (state === 'interrupted' && (await installation.startOf(folder))) {
      terminal.remark(cliMessages.interruptedHelp(id))
      return
    }
}

/** A run as one line of JSON; `reply` and `settled` are null while there is none. Large outputs are left out. */
function summaryOf({ id, number, folder, summary, state, problem }: ListedRun) {
  return {
    id,
    flow: summary?.flow ?? null,
    name: summary?.name ?? null,
    number,
    startedAt: summary?.startedAt ?? null,
    reply: summary?.reply ?? null,
    settled: summary?.settled ?? null,
    state,
    background: summary?.background ?? 0,
    folder,
    ...(problem !== undefined && { problem })
  }
}

function printRun({ id, summary, state, problem }: ListedRun, terminal: Terminal): void {
  const parts = [id, summary?.name ?? '?', state]
  if (summary?.reply) parts.push(`${cliMessages.replied(summary.reply.outcome)} ${seconds(summary.reply.at)}`)
  if (summary?.settled) parts.push(`settled ${seconds(summary.settled.at)}`)
  const threads = state === 'running' ? (summary?.background ?? 0) : 0
  if (threads > 0) parts.push(cliMessages.runBackground(threads))
  terminal.print(parts.join(' · '))
  if (problem !== undefined) terminal.print(`  ${problem}`)
}

const seconds = (at: number): string => `after ${(at / 1000).toFixed(3)} s`
