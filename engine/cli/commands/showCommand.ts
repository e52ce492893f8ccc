import { setTimeout as pause } from 'node:timers/promises'
import { type ListedRun, type OpenedRun, readRun } from '../../host/index.ts'
import type { Run, RunEvent } from '../../index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { commandLine } from '../commandLine.ts'
import { defineCommand, placesOfRuns, runWord } from '../grammar/command.ts'
import { stepName } from '../namesInRun.ts'
import { eventPrinter } from '../running/eventPrinter.ts'
import { exitCodeOf, exitCodes } from '../running/exitCode.ts'
import { findRun } from '../running/findRun.ts'
import type { PlacesGiven } from '../running/steerRun.ts'
import type { Terminal } from '../terminal.ts'

/** The shortest time between two looks at a journal, in milliseconds, and how often as long as a look took it may be. */
const looks = { pause: 200, rest: 2 }

export const showCommand = defineCommand({
  name: 'show',
  summary: 'Shows what has happened in a run, whichever process carries it',
  words: { run: runWord('which run to show') },
  options: {
    ...placesOfRuns,
    follow: { summary: 'Stays until the run is settled, and ends with the exit status of the run itself' },
    json: { summary: 'Prints every event of the journal as one line of JSON' }
  },
  async perform(given, terminal) {
    const found = await findRun(given.run, given.folder, given.journal)
    const print = eventPrinter({ json: given.json, quiet: false }, terminal)
    const run = await tell(found, given.follow, print)
    if (!given.json) tellState(run, given, terminal)
    else if (run.problem !== undefined) terminal.remark(run.problem)
    return given.follow ? exitCodeOfRun(run) : exitCodes.fine
  }
})

/** Prints the events of a run; with `follow`, until no process carries it any more. Answers the run as it is then. */
async function tell(found: ListedRun, follow: boolean, print: (event: RunEvent) => void): Promise<OpenedRun> {
  let told = 0
  for (;;) {
    const began = performance.now()
    const run = await readRun(found.folder, found.number)
    for (const event of run.events.slice(told)) print(event)
    told = Math.max(told, run.events.length)
    if (!follow || run.state !== 'running') return run
    // The whole journal is read each time: a long one is looked at less often.
    await pause(Math.max(looks.pause, looks.rest * (performance.now() - began)))
  }
}

function tellState({ id, state, run, problem, suspended }: OpenedRun, places: PlacesGiven, terminal: Terminal): void {
  if (state === 'running') for (const line of runningThreads(run)) terminal.print(line)
  if (problem !== undefined) terminal.remark(problem)
  if (suspended !== undefined) terminal.remark(suspended)
  if (state === 'failed' || state === 'background failed')
    terminal.remark(cliMessages.retryHelp(commandLine(['retry', id], places)))
  if (state === 'interrupted') terminal.remark(cliMessages.suspended(commandLine(['resume', id], places)))
}

/** The threads that are running, with their numbers and where they are. */
function runningThreads(run: Run | undefined): string[] {
  if (!run) return []
  return run.threads
    .filter(({ endedAt }) => endedAt === undefined)
    .map(({ id, name }) => {
      const visits = run.visits.filter(({ thread, state }) => thread === id && state === 'running')
      const places = visits.map(({ frame, step, progress }) =>
        cliMessages.place(stepName(run, frame, step), progress?.done, progress?.total)
      )
      return cliMessages.runningThread(id, name, places)
    })
}

function exitCodeOfRun({ run, state }: OpenedRun): number {
  if (run?.settled) return exitCodeOf(run.reply !== undefined, run.settled)
  return state === 'interrupted' ? exitCodes.terminated : exitCodes.failed
}
