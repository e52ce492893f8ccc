import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type DesignerFolder, designerFolder } from '../../engine/host/index.ts'
import type { FlowEntry, FolderListing, RunSummary } from '../ipc/contract.ts'
import { Refusal } from '../ipc/refusal.ts'
import { flowMissing, folderMissing } from '../messages.ts'
import type { Drafts } from './drafts.ts'
import { FolderWatch } from './folderWatch.ts'

/** What the open folder needs of others. */
export interface OpenFolderContext {
  readonly drafts: Drafts
  /** Whether the person trusts a folder (absolute). */
  readonly trusts: (folder: string) => Promise<boolean>
  /** The newest run of every flow, by its path. */
  readonly lastRuns: (folder: string) => Promise<ReadonlyMap<string, RunSummary>>
  /** Something in the folder has changed. */
  readonly tell: (listing: FolderListing) => void
  readonly report: (where: string, error: unknown) => void
}

/** The Designer Folder that is open, watched for changes from outside. */
export class OpenFolder {
  readonly #context: OpenFolderContext
  readonly #watch = new FolderWatch(() => void this.look())
  #flows: DesignerFolder
  /** What it is called where it was opened: its own name, or that of a link to it. */
  #name: string
  /** The state of the folder that all of the window knows; undefined before it has been read. */
  #told: string | undefined
  #looking: Promise<void> | undefined
  #next: Promise<void> | undefined

  /** `root`: absolute; it need not be there. */
  constructor(root: string, context: OpenFolderContext) {
    this.#context = context
    this.#flows = designerFolder(realFolder(root), randomUUID)
    this.#name = basename(resolve(root))
  }

  /** Absolute, and without links: drafts and runs are known by it, whichever way the folder was opened. */
  get root(): string {
    return this.#flows.root
  }

  /** Its flow files. */
  get flows(): DesignerFolder {
    return this.#flows
  }

  /** Opens another folder instead. Throws the Refusal `folder-missing` when it is not there; then nothing changes. */
  async open(root: string): Promise<FolderListing> {
    const found = await stat(root).catch(() => undefined)
    if (!found?.isDirectory()) throw new Refusal('folder-missing', folderMissing(root))
    this.#flows = designerFolder(realFolder(root), randomUUID)
    this.#name = basename(resolve(root))
    this.#told = undefined
    return this.read()
  }

  /** What is in it now. Throws the Refusal `folder-missing` when it is not there. */
  async read(): Promise<FolderListing> {
    const { root } = this.#flows
    const name = this.#name
    const folders = await this.#flows.list().catch(() => {
      throw new Refusal('folder-missing', folderMissing(root))
    })
    const lastRuns = await this.#context.lastRuns(root)
    const listing: FolderListing = {
      name,
      trusted: await this.#context.trusts(root),
      folders: folders.map((folder) => ({
        ...folder,
        flows: folder.flows.map((flow): FlowEntry => {
          const lastRun = lastRuns.get(flow.path)
          return { ...flow, hasDraft: this.#context.drafts.has(root, flow.path), ...(lastRun && { lastRun }) }
        })
      }))
    }
    if (root === this.#flows.root) {
      this.#watch.watch(folders.map(({ path }) => join(root, path)))
      // Only the first time: later on, who asks may be one part of the window, and the others are still to be told.
      this.#told ??= fingerprint(listing)
    }
    return listing
  }

  /** One flow of it, as it is listed. Throws a Refusal when it is not there. */
  async entry(path: string): Promise<FlowEntry> {
    const listing = await this.read()
    const entry = listing.folders.flatMap(({ flows }) => flows).find((flow) => flow.path === path)
    if (!entry) throw new Refusal('flow-missing', flowMissing(path))
    return entry
  }

  /** Looks whether something has changed outside the studio, and tells it. */
  look(): Promise<void> {
    // One that is under way may have passed the change already.
    if (this.#looking) return (this.#next ??= this.#looking.then(() => this.look()))
    this.#next = undefined
    this.#looking = this.#look().finally(() => (this.#looking = undefined))
    return this.#looking
  }

  close(): void {
    this.#watch.close()
  }

  async #look(): Promise<void> {
    try {
      const { root } = this
      const listing = await this.read()
      const now = fingerprint(listing)
      if (root !== this.root || now === this.#told) return
      this.#told = now
      this.#context.tell(listing)
    } catch (error) {
      // The window shows what it knows until somebody asks for the folder and is told that it is missing.
      if (!(error instanceof Refusal)) this.#context.report('looking at the Designer Folder', error)
    }
  }
}

function realFolder(root: string): string {
  try {
    return realpathSync(root)
  } catch {
    return resolve(root)
  }
}

/** Changes when a file of the folder does; runs have a story of their own. */
function fingerprint({ folders }: FolderListing): string {
  const facts = folders.map(({ path, flows }) => [
    path,
    flows.map((flow) => [flow.path, flow.name, flow.editedAt, flow.problem])
  ])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
