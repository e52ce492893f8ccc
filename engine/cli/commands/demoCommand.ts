import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { cliMessages } from '../../messages/cli.ts'
import { runCommand } from './runCommand.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usageError.ts'

/** The flow of the samples that the demo runs. */
const demoFlow = 'Send EmailList Flow, finished'

/** `tailrace demo`: runs the finished example on a copy of the samples. Answers the exit status. */
export async function demoCommand(terminal: Terminal): Promise<number> {
  const samples = await findSamples(import.meta.dirname)
  if (samples === undefined) throw new UsageError(cliMessages.demoMissing)
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tailrace-demo-')))
  await copyFolder(samples, folder)
  terminal.print(cliMessages.demoBegins(folder))
  return runCommand(
    { flow: demoFlow, folder, inputs: {}, mail: 'outbox', journal: undefined, json: false, wait: true },
    terminal
  )
}

/** The samples: `resources/samples` of the project in which this file was built, or `samples` of the installed program. */
async function findSamples(from: string): Promise<string | undefined> {
  const places = Array.from({ length: 5 }, (_, up) => path.join(from, '../'.repeat(up), 'resources', 'samples'))
  if (process.resourcesPath) places.unshift(path.join(process.resourcesPath, 'samples'))
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
