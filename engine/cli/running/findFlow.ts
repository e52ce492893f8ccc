import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { cliMessages } from '../../messages/cli.ts'
import { flowFileSuffix } from '../../host/index.ts'
import { UsageError } from '../grammar/usageError.ts'

/** A flow file and the Designer Folder it belongs to. */
export interface FoundFlow {
  /** Absolute. */
  readonly folder: string
  /** Relative to `folder`, with forward slashes. */
  readonly path: string
}

/**
 * The flow that people mean by `flow`: the path of its file, with or without `.flow.json`, from `folder` or from here.
 * Without `folder`, the file's own folder is the Designer Folder. Throws UsageError.
 */
export async function findFlow(flow: string, folder: string | undefined): Promise<FoundFlow> {
  const root = folder === undefined ? undefined : await existingFolder(folder)
  const names = flow.endsWith(flowFileSuffix) ? [flow] : [flow, flow + flowFileSuffix]
  const places = names.flatMap((name) => [
    ...(root === undefined ? [] : [path.resolve(root, name)]),
    path.resolve(name)
  ])
  for (const place of places) {
    if (!(await isFile(place))) continue
    const file = await realpath(place)
    const home = root ?? path.dirname(file)
    const relative = path.relative(home, file)
    if (relative.startsWith('..') || path.isAbsolute(relative))
      throw new UsageError(cliMessages.flowOutside(flow, folder ?? home))
    return { folder: home, path: relative.split(path.sep).join('/') }
  }
  for (const place of places)
    if (place.endsWith(flowFileSuffix) && (await isDirectory(place)))
      throw new UsageError(cliMessages.flowIsFolder(flow))
  throw new UsageError(cliMessages.flowNotFound(flow, folder))
}

/** The real path of a folder. Throws UsageError when there is none. */
export async function existingFolder(folder: string): Promise<string> {
  if (!(await isDirectory(folder))) throw new UsageError(cliMessages.folderNotFound(folder))
  return realpath(folder)
}

const isFile = async (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false
  )

/** Whether there is a folder at this place. */
export const isDirectory = async (place: string): Promise<boolean> =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false
  )
