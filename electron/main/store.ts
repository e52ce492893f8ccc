import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'
import { z } from 'zod'
import type { Settings } from '../ipc/contract.ts'
import { settingsSchema } from '../ipc/schemas.ts'
import type { WindowState } from './windowBounds.ts'

/** What the studio remembers from one start to the next. */
export interface Kept {
  readonly settings: Settings
  /** The Designer Folder that was open last, absolute; '' before the first start. */
  readonly folder: string
  readonly window?: WindowState
  /** Interrupted runs that people chose to leave as they are. */
  readonly leftRuns?: readonly string[]
  /** Runs that people chose to keep for the next start. */
  readonly keptRuns?: readonly string[]
}

export type KeptStore = Store<Kept>

const initial: Kept = { settings: { theme: 'system', mail: 'Outbox', accounts: [] }, folder: '' }

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })

const keptSchema = z.object({
  settings: settingsSchema,
  folder: z.string(),
  window: z.object({ bounds, maximized: z.boolean() }).exactOptional(),
  leftRuns: z.array(z.string()).exactOptional(),
  keptRuns: z.array(z.string()).exactOptional()
}) satisfies z.ZodType<Kept>

/**
 * Opens `studio.json` in `userData`. A file that cannot be used (edited by hand, damaged) is put aside as
 * `studio.broken.json`, told to `report`, and the studio starts with initial settings.
 */
export function openStore(userData: string, report: (where: string, error: unknown) => void): KeptStore {
  const open = () => new Store<Kept>({ cwd: userData, name: 'studio', defaults: initial, clearInvalidConfig: false })
  const file = join(userData, 'studio.json')
  try {
    const store = open()
    keptSchema.parse(store.store)
    return store
  } catch (error) {
    report(`reading ${file}`, error)
    if (existsSync(file)) renameSync(file, join(userData, 'studio.broken.json'))
    return open()
  }
}
