import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import type { Installation } from '../../engine/host/index.ts'
import { holdsNothing } from './holdsNothing.ts'
import { copySamples } from './samples.ts'
import { folderArgument } from './startArguments.ts'
import type { KeptStore } from './store.ts'

/**
 * The Designer Folder to begin with, absolute: the one the command line names, else the last one, else (on the very first
 * start) Tailrace in the user's documents, filled with the samples. TAILRACE_FOLDER names another folder for all of these;
 * it is filled in the same way when it is not there. A folder that is made here is trusted.
 */
export async function firstFolder(
  store: KeptStore,
  installation: Installation,
  samples: string,
  report: (where: string, error: unknown) => void
): Promise<string> {
  const asked = folderArgument(process.argv, process.cwd(), app.getAppPath())
  if (asked !== undefined) return asked
  const own = process.env.TAILRACE_FOLDER
  const last = own ? resolve(own) : store.get('folder')
  if (last !== '' && (!own || existsSync(last))) return last
  return fill(last === '' ? usualFolder() : last, store, installation, samples, report)
}

/** Opens Tailrace in the user's documents, with the samples that are not there yet. */
export function sampleFolder(
  store: KeptStore,
  installation: Installation,
  samples: string,
  report: (where: string, error: unknown) => void
): Promise<string> {
  return fill(usualFolder(), store, installation, samples, report)
}

const usualFolder = () => join(app.getPath('documents'), app.getName())

async function fill(
  folder: string,
  store: KeptStore,
  installation: Installation,
  samples: string,
  report: (where: string, error: unknown) => void
): Promise<string> {
  const isNew = await holdsNothing(folder)
  await copySamples(samples, folder).catch((error: unknown) => report('copying the samples', error))
  if (isNew) await installation.trust(folder).catch((error: unknown) => report('trusting the samples', error))
  store.set('folder', folder)
  return folder
}
