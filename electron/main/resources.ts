import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { app } from 'electron'

/** The sample Designer Folder that comes with the program, absolute; beside the program's archive if there is one. */
export function samplesFolder(): string {
  const packed = join(app.getAppPath(), 'resources', 'samples')
  const unpacked = packed.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
  return existsSync(unpacked) ? unpacked : packed
}
