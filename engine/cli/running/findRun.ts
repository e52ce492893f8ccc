import path from 'node:path'
import { type ListedRun, listRuns, processFolderName } from '../../host/index.ts'
import { cliMessages } from '../../messages/cli.ts'
import { existingFolder } from './findFlow.ts'
import { UsageError } from '../grammar/usageError.ts'

/** Where the folders of runs are: `journal` if given, else the Process Folder of the Designer Folder. Throws UsageError. */
export async function runsBase(folder: string | undefined, journal: string | undefined): Promise<string> {
  return journal === undefined
    ? path.join(await existingFolder(folder ?? '.'), processFolderName)
    : existingFolder(journal)
}

/** The run that people mean by `run`: its id, or the beginning of it. Throws UsageError when there is none, or several. */
export async function findRun(
  run: string,
  folder: string | undefined,
  journal: string | undefined
): Promise<ListedRun> {
  const base = await runsBase(folder, journal)
  const runs = (await listRuns(base)).filter(({ id }) => id.startsWith(run))
  const exact = runs.filter(({ id }) => id === run)
  const [found, ...others] = exact.length > 0 ? exact : runs
  if (!found) throw new UsageError(cliMessages.runNotFound(run, base))
  if (others.length > 0)
    throw new UsageError(
      cliMessages.runAmbiguous(
        run,
        runs.map(({ id }) => id)
      )
    )
  return found
}
