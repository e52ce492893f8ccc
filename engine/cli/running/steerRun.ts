import {
  type ControlCommand,
  HostError,
  type ListedRun,
  control,
  openInstallation,
  userDataFolder
} from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { commandLine } from '../commandLine.ts'

/** The folders that a person named to find a run. */
export interface PlacesGiven {
  readonly folder: string | undefined
  readonly journal: string | undefined
}

/** Has whatever process carries the run do something with it. Rejects with HostError, with what to do. */
export async function steerRun(run: ListedRun, command: ControlCommand, places: PlacesGiven): Promise<void> {
  if (run.state !== 'running') throw notRunning(run, places)
  try {
    await control(openInstallation(userDataFolder(process.env)).control, run.folder, command)
  } catch (error) {
    if (error instanceof HostError && error.code === 'run-not-carried')
      throw notRunning({ ...run, state: 'interrupted' }, places)
    throw error
  }
}

function notRunning({ id, state, problem }: ListedRun, places: PlacesGiven): HostError {
  if (state === 'interrupted')
    return new HostError('run-interrupted', cliMessages.runInterrupted(id, commandLine(['resume', id], places)))
  return new HostError('run-settled', problem ?? cliMessages.runSettled(id, state))
}
