import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { cliMessages } from '../../messages/cli.ts'
import { defineCommand } from '../grammar/command.ts'
import { UsageError } from '../grammar/usageError.ts'
import { runFlow } from '../running/runFlow.ts'

/** The flow of the samples that the demo runs. */
const demoFlow = 'Send EmailList Flow, finished'

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'Runs the example: a welcome mail to 1,200 subscribers, in the background',
  words: {},
  options: {},
  async perform(_given, terminal) {
    const samples = await findSamples(import.meta.dirname)
    if (samples === undefined) throw new UsageError(cliMessages.demoMissing)
    const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tailrace-demo-')))
    await copyFolder(samples, folder)
    terminal.print(cliMessages.demoBegins(folder))
    const nothing = { mail: undefined, journal: undefined, timeout: undefined, inputs: undefined }
    return runFlow({ ...nothing, flow: demoFlow, folder, input: [], json: false, quiet: false }, terminal)
  }
})

/** The samples: `resources/samples` of the project in which this file was built, or `samples` of the installed program. */
async function findSamples(from: string): Promise<string | undefined> {
  const places = Array.from({ length: 5 }, (_, up) => path.join(from, '../'.repeat(up), 'resources', 'samples'))
  if ('resourcesPath' in process && typeof process.resourcesPath === 'string')
    places.unshift(path.join(process.resourcesPath, 'samples'))
  for (const place of places) if (await readdir(place).catch(() => undefined)) return place
  return undefined
}

/** Copies file by file, which also works out of the installed program's archive. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target)
    else await writeFile(target, await readFile(source))
  }
}
