import type { DocumentPreview, FlowEntry, FolderListing, Settings } from '../../electron/ipc/contract.ts'
import type { Flow, StepDefinition } from '../../engine/index.ts'
import type { Ask } from './ask.ts'
import { fromFolderOf, intoFolderOf } from './relativePath.ts'

/**
 * What the studio knows around the open flow: the flows its steps call, all flows of the Designer Folder, the mail
 * accounts, the columns of documents. Read when first asked for; what is not there yet is undefined, and appears.
 */
export class Surroundings {
  readonly definitions: readonly StepDefinition[]
  readonly #path: string
  readonly #ask: Ask
  #children = $state.raw<{ readonly [path: string]: Flow | undefined }>({})
  #columns = $state.raw<{ readonly [document: string]: DocumentPreview | undefined }>({})
  #listing = $state.raw<FolderListing>()
  #settings = $state.raw<Settings>()
  /** What was asked for, so that nothing is asked twice. */
  readonly #asked = new Set<string>()

  constructor(path: string, definitions: readonly StepDefinition[], ask: Ask) {
    this.#path = path
    this.definitions = definitions
    this.#ask = ask
  }

  /** The flow at `path`, as the steps of the open flow write it. */
  readonly flowAt = (path: string): Flow | undefined => this.#children[path]

  /** Takes over flows that came with the open one. */
  addChildren(children: { readonly [path: string]: Flow }): void {
    this.#children = { ...this.#children, ...children }
    for (const path of Object.keys(children)) this.#asked.add(`flow ${path}`)
  }

  /** Reads the flows that the steps of `flow` call and that are not known yet. */
  readChildren(flow: Flow): void {
    for (const step of flow.steps) {
      const settings = this.definitions.find(({ type }) => type === step.type)?.settings ?? {}
      for (const [name, setting] of Object.entries(settings)) {
        const path = step.settings[name]
        if (setting.kind !== 'flow' || typeof path !== 'string' || path === '' || !this.#first(`flow ${path}`)) continue
        void this.#ask('flow:read', fromFolderOf(this.#path, path))
          .then(({ document }) => (this.#children = { ...this.#children, [path]: document.flow }))
          .catch(() => undefined) // the checker says that it is missing
      }
    }
  }

  /** The other flows of the Designer Folder, by the path that a step of this flow writes. */
  get flows(): readonly { readonly path: string; readonly name: string }[] {
    return this.#entries
      .filter(({ path }) => path !== this.#path)
      .map(({ path, name }) => ({ path: intoFolderOf(this.#path, path), name }))
  }

  /** The folder changed: takes the new listing, and reads the flows called from here again. */
  folderChanged(listing: FolderListing): void {
    this.#listing = listing
    this.#asked.add('folder')
    const changed = Object.keys(this.#children).flatMap((path) => {
      const at = fromFolderOf(this.#path, path)
      const entry = listing.folders.flatMap(({ flows }) => flows).find((flow) => flow.path === at)
      return [[path, entry?.document?.flow] as const]
    })
    this.#children = Object.fromEntries(changed)
    for (const [path, flow] of changed) if (!flow) this.#asked.delete(`flow ${path}`)
    this.#columns = {}
    for (const asked of this.#asked) if (asked.startsWith('columns ')) this.#asked.delete(asked)
  }

  /** This flow's own entry in the Designer Folder. */
  get entry(): FlowEntry | undefined {
    return this.#entries.find(({ path }) => path === this.#path)
  }

  get #entries(): readonly FlowEntry[] {
    if (this.#first('folder'))
      void this.#ask('folder:read')
        .then((listing) => (this.#listing = listing))
        .catch(() => undefined)
    return this.#listing?.folders.flatMap(({ flows }) => flows) ?? []
  }

  /** The mail accounts that a step may name. */
  get accounts(): readonly string[] {
    if (this.#first('settings'))
      void this.#ask('settings:read')
        .then((settings) => (this.#settings = settings))
        .catch(() => undefined)
    return ['Outbox', ...(this.#settings?.accounts.map(({ name }) => name) ?? [])]
  }

  /** Where mail goes when a step leaves it open. */
  get usualAccount(): string {
    return this.#settings?.mail ?? 'Outbox'
  }

  settingsChanged(settings: Settings): void {
    this.#settings = settings
    this.#asked.add('settings')
  }

  /** The column heads of a text or CSV document beside the flow. */
  columnsOf(document: string): DocumentPreview | undefined {
    if (document !== '' && this.#first(`columns ${document}`))
      void this.#ask('document:columns', this.#path, document)
        .then((preview) => (this.#columns = { ...this.#columns, [document]: preview }))
        .catch(() => undefined)
    return this.#columns[document]
  }

  /** Lets the person choose a document; undefined when they changed their mind. */
  async chooseDocument(): Promise<string | undefined> {
    return this.#ask('document:choose', this.#path)
  }

  #first(question: string): boolean {
    if (this.#asked.has(question)) return false
    this.#asked.add(question)
    return true
  }
}
