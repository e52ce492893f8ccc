import { statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'

/**
 * The Designer Folder that a command line asks for, absolute: `--folder DIR`, `--folder=DIR`, the path of an existing
 * folder, or of a flow file in it. Undefined when it asks for none. `app` is the program's own path, which stands there
 * while developing.
 */
export function folderArgument(argv: readonly string[], workingFolder: string, app: string): string | undefined {
  const args = argv.slice(1)
  const at = args.findIndex((arg) => arg === '--folder' || arg.startsWith('--folder='))
  const named = args[at]?.includes('=') ? args[at].slice('--folder='.length) : args[at + 1]
  if (at >= 0 && named) return absolute(named, workingFolder)
  return args
    .filter((arg) => !arg.startsWith('-'))
    .map((arg) => absolute(arg, workingFolder))
    .filter((path) => path !== app)
    .map(folderAt)
    .find((folder) => folder !== undefined)
}

function folderAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) return path
  return found?.isFile() && path.endsWith('.flow.json') ? dirname(path) : undefined
}

const absolute = (path: string, workingFolder: string) => (isAbsolute(path) ? path : resolve(workingFolder, path))

/**
 * What a second start hands to the studio that is running already. Not its command line: Chromium puts the words of that
 * in another order on the way.
 */
export interface SecondStart {
  readonly folder: string | undefined
}

/** Reads it at the other end, where it is plain data of unknown shape. */
export function secondStart(data: unknown): SecondStart {
  const folder = typeof data === 'object' && data !== null && 'folder' in data ? data.folder : undefined
  return { folder: typeof folder === 'string' ? folder : undefined }
}
