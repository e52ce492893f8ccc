import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FlowDocument } from '../../engine/index.ts'
import { atomicWrite, privateDisk, systemDisk } from '../../engine/host/index.ts'
import { flowDocument } from '../ipc/schemas.ts'

/** Unsaved edits of one flow file. */
export interface Draft {
  readonly document: FlowDocument
  /** Hash of the file's text when the edit began. */
  readonly base: string
  /** Wall time, milliseconds since 1970. */
  readonly keptAt: number
}

/** Drafts are for this person alone. */
const disk = privateDisk(systemDisk)

const draftFile = z.object({
  folder: z.string(),
  path: z.string(),
  document: flowDocument,
  base: z.string(),
  keptAt: z.number()
})

/**
 * Unsaved edits, kept apart from the Designer Folder so that neither a crash nor quitting loses them: one file each
 * under `userData/drafts`, named by a hash of folder and path, written whole or not at all. What is asked of it happens
 * in the order in which it was asked, so that an edit on its way cannot outlive the saving that followed it.
 */
export class Drafts {
  readonly #home: string
  readonly #now: () => number
  #last: Promise<unknown> = Promise.resolve()

  constructor(userData: string, now: () => number) {
    this.#home = join(userData, 'drafts')
    this.#now = now
  }

  has(folder: string, path: string): boolean {
    return existsSync(this.#file(folder, path))
  }

  /** Undefined when there is none, or it cannot be read. */
  read(folder: string, path: string): Promise<Draft | undefined> {
    return this.#next(() => this.#read(folder, path))
  }

  keep(folder: string, path: string, document: FlowDocument, base: string): Promise<void> {
    return this.#next(() => this.#write(folder, path, { document, base, keptAt: this.#now() }))
  }

  drop(folder: string, path: string): Promise<void> {
    return this.#next(() => this.#remove(folder, path))
  }

  /** Follows a flow to its new path; a draft that is there belongs to a flow that is gone, and goes. */
  move(folder: string, from: string, to: string): Promise<void> {
    return this.#next(async () => {
      const draft = await this.#read(folder, from)
      if (draft) await this.#write(folder, to, draft)
      else await this.#remove(folder, to)
      await this.#remove(folder, from)
    })
  }

  /** Resolves once everything asked so far is done. */
  async settled(): Promise<void> {
    await this.#last
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #read(folder: string, path: string): Promise<Draft | undefined> {
    try {
      const kept = draftFile.safeParse(JSON.parse(await readFile(this.#file(folder, path), 'utf8')))
      if (!kept.success || kept.data.folder !== folder || kept.data.path !== path) return undefined
      const { document, base, keptAt } = kept.data
      return { document, base, keptAt }
    } catch {
      return undefined
    }
  }

  async #write(folder: string, path: string, draft: Draft): Promise<void> {
    await disk.mkdir(this.#home)
    await atomicWrite(this.#file(folder, path), JSON.stringify({ folder, path, ...draft }), disk)
  }

  async #remove(folder: string, path: string): Promise<void> {
    await rm(this.#file(folder, path), { force: true })
  }

  #file(folder: string, path: string): string {
    const hash = createHash('sha256').update(`${folder}\0${path}`).digest('hex')
    return join(this.#home, `${hash.slice(0, 40)}.json`)
  }
}
