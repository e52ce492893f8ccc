import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Copies the sample Designer Folder file by file; a file that is already there stays as it is. Reads through Node's
 * plain calls only, so that `from` may lie in the program's archive.
 */
export async function copySamples(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copySamples(source, target)
    else await writeFile(target, await readFile(source), { flag: 'wx' }).catch(keepExisting)
  }
}

function keepExisting(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
  throw error
}
