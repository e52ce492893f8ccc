import { setTimeout as pause } from 'node:timers/promises'
import {
  HostError,
  type ListedRun,
  isRunning,
  openInstallation,
  readRun,
  resumeRun,
  userDataFolder
} from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { defineCommand, placesOfRuns, runWord } from '../grammar/command.ts'
import { exitCodes } from '../running/exitCode.ts'
import { findRun } from '../running/findRun.ts'
import { steerRun } from '../running/steerRun.ts'

/** How long it is waited for the end of a run that was cancelled, and between two looks, in milliseconds. */
const looks = { most: 10_000, pause: 50 }

export const cancelCommand = defineCommand({
  name: 'cancel',
  summary:
    'Cancels a run with all its background threads, or one thread of it; an interrupted run is settled as cancelled',
  words: { run: runWord('which run to cancel') },
  options: {
    ...placesOfRuns,
    thread: { value: 'N', summary: 'Cancels this thread alone: its number or its name, as `tailrace show` tells them' }
  },
  async perform(given, terminal) {
    const run = await findRun(given.run, given.folder, given.journal)
    if (given.thread !== undefined) {
      const thread = await threadOf(run, given.thread)
      await steerRun(run, { command: 'cancel', thread: thread.id }, given)
      terminal.print(cliMessages.threadCancelled(thread.name))
    } else if (run.state === 'interrupted') {
      await settleAsCancelled(run)
      terminal.print(cliMessages.cancelled(run.id))
    } else {
      await steerRun(run, { command: 'cancel' }, given)
      terminal.print((await hasEnded(run)) ? cliMessages.cancelled(run.id) : cliMessages.cancelling(run.id))
    }
    return exitCodes.fine
  }
})

/** The running thread that people mean by its number or its name. */
async function threadOf(
  { folder, number, state }: ListedRun,
  wanted: string
): Promise<{ readonly id: number; readonly name: string }> {
  // Only where a process carries the run is anything running: steerRun says so.
  const { run } = await readRun(folder, number)
  const threads = run?.threads.filter(({ endedAt }) => endedAt === undefined) ?? []
  const named = threads.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const [found] = [...threads.filter(({ id }) => String(id) === wanted), ...named]
  if (found) return found
  const running = state === 'running' ? threads.map(({ id, name }) => cliMessages.threadNamed(id, name)) : []
  throw new HostError('thread-unknown', cliMessages.threadUnknown(wanted, running))
}

async function settleAsCancelled({ folder }: ListedRun): Promise<void> {
  const installation = openInstallation(userDataFolder(process.env))
  const resumed = await resumeRun({ installation, run: folder, cancel: true })
  await resumed.settled
}

async function hasEnded({ folder }: ListedRun): Promise<boolean> {
  const giveUp = Date.now() + looks.most
  while (await isRunning(folder)) {
    if (Date.now() > giveUp) return false
    await pause(looks.pause)
  }
  return true
}
