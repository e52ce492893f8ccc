import { readdir } from 'node:fs/promises'

/**
 * Whether a folder is not there or holds nothing: all that will be in it is made here, so that it can be trusted. One that
 * cannot be read may hold anything.
 */
export const holdsNothing = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (names) => names.length === 0,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
  )
