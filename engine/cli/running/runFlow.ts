import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { designerFolder, openInstallation, type StartedRun, startRun, userDataFolder } from '../../host/index.ts'
import { commandLine } from '../commandLine.ts'
import { type GivenInputs, readInputs } from '../inputs/readInputs.ts'
import { studioAccounts } from '../studioAccounts.ts'
import type { Terminal } from '../terminal.ts'
import { carryRun } from './carryRun.ts'
import { eventPrinter, type Telling } from './eventPrinter.ts'
import { findFlow } from './findFlow.ts'

/** A flow that is to be run from the command line. */
export interface FlowToRun extends GivenInputs, Telling {
  readonly flow: string
  readonly folder: string | undefined
  readonly mail: string | undefined
  readonly journal: string | undefined
  /** Milliseconds after which it is cancelled. */
  readonly timeout: number | undefined
}

/** Runs a flow to its end. Answers the exit status. */
export async function runFlow(wanted: FlowToRun, terminal: Terminal): Promise<number> {
  const { folder, path: flow } = await findFlow(wanted.flow, wanted.folder)
  const home = designerFolder(folder, randomUUID)
  const { document } = await home.read(flow)
  const inputs = await readInputs(document.flow, wanted)
  const accounts = await studioAccounts(process.env)
  const begin = (): Promise<StartedRun> =>
    startRun({
      folder: home,
      installation: openInstallation(userDataFolder(process.env)),
      path: flow,
      document,
      inputs,
      ...(wanted.mail !== undefined && { mail: wanted.mail }),
      accounts,
      ...(wanted.journal !== undefined && { runs: path.resolve(wanted.journal) }),
      onEvent: eventPrinter(wanted, terminal)
    })
  const resume = (run: string): string => commandLine(['resume', run], { ...wanted, folder })
  return carryRun(begin, { ...wanted, resume }, terminal)
}
