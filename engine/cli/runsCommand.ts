import path from 'node:path'
import { cliMessages } from '../messages/cli.ts'
import type { Thread } from '../index.ts'
import { type ListedRun, listRuns, processFolderName } from '../host/index.ts'
import { exitCodes } from './exitCode.ts'
import { existingFolder } from './findFlow.ts'
import type { Terminal } from './terminal.ts'

/** `tailrace runs`: lists runs, newest first. Answers the exit status. */
export async function runsCommand(
  args: { readonly folder: string; readonly journal: string | undefined; readonly json: boolean },
  terminal: Terminal
): Promise<number> {
  const base =
    args.journal === undefined
      ? path.join(await existingFolder(args.folder), processFolderName)
      : await existingFolder(args.journal)
  const runs = await listRuns(base)
  if (args.json) for (const run of runs) terminal.print(JSON.stringify(summaryOf(run)))
  else if (runs.length === 0) terminal.print(cliMessages.noRuns(base))
  else for (const run of runs) printRun(run, terminal)
  return exitCodes.fine
}

/** A run as one line of JSON; `reply` and `settled` are null while there is none. */
function summaryOf({ id, number, folder, run, state, problem }: ListedRun) {
  return {
    id,
    flow: run?.flow ?? null,
    name: run?.flows[run.flow]?.name ?? null,
    number,
    startedAt: run?.startedAt ?? null,
    reply: run?.reply ? { outcome: run.reply.outcome, at: run.reply.at, outputs: run.reply.outputs } : null,
    settled: run?.settled ?? null,
    state,
    background: background(run?.threads ?? []),
    folder,
    ...(problem !== undefined && { problem })
  }
}

function printRun({ id, run, state, problem }: ListedRun, terminal: Terminal): void {
  const parts = [id, run?.flows[run.flow]?.name ?? '?', state]
  if (run?.reply) parts.push(`${cliMessages.replied(run.reply.outcome)} ${seconds(run.reply.at)}`)
  if (run?.settled) parts.push(`settled ${seconds(run.settled.at)}`)
  const threads = state === 'running' ? background(run?.threads ?? []) : 0
  if (threads > 0) parts.push(cliMessages.runBackground(threads))
  terminal.print(parts.join(' · '))
  if (problem !== undefined) terminal.print(`  ${problem}`)
}

const background = (threads: readonly Thread[]): number =>
  threads.filter(({ kind, endedAt }) => kind === 'background' && endedAt === undefined).length

const seconds = (at: number): string => `after ${(at / 1000).toFixed(3)} s`
