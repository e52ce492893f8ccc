import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { otherElectron } from '../messages.ts'

/**
 * What people must know of a build that has another Electron in it than the one it was tested with, whose known holes may be
 * open; undefined when it is the same one. Only builds say which it should be: whoever develops is told at each start.
 * `appFolder`: where its package.json is. `version`: of the Electron that runs.
 */
export function otherRuntime(appFolder: string, version: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'))
    const pin =
      typeof manifest === 'object' && manifest !== null && 'electron' in manifest ? manifest.electron : undefined
    return typeof pin === 'string' && pin !== version ? otherElectron(version, pin) : undefined
  } catch {
    return undefined
  }
}
