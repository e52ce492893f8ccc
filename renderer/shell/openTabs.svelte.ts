import type { FlowCommand, FlowCommands } from './flowCommands.ts'

/** A flow that stands open in a tab. */
export interface FlowTab {
  readonly path: string
  readonly title: string
  readonly mode: 'design' | 'debug'
  /** The run it shows in debug mode; absent: a new one is started. */
  readonly run?: string
  readonly dirty: boolean
}

export const folderTab = 'tab:folder'
export const runsTab = 'tab:runs'

/** The ids of a tab and of its panel in the page; paths hold spaces, ids must not. */
export const tabId = (tab: string) => `tab-${encodeURIComponent(tab)}`
export const panelId = (tab: string) => `panel-${encodeURIComponent(tab)}`

/** The tab strip: Designer Folder and Runs, which are always there, then the open flows. A flow's tab is its path. */
export class OpenTabs {
  #flows = $state.raw<readonly FlowTab[]>([])
  #active = $state<string>(folderTab)
  readonly #commands = new Map<string, FlowCommands>()

  get flows(): readonly FlowTab[] {
    return this.#flows
  }

  get active(): string {
    return this.#active
  }

  get activeFlow(): FlowTab | undefined {
    return this.#flows.find((tab) => tab.path === this.#active)
  }

  get order(): readonly string[] {
    return [folderTab, runsTab, ...this.#flows.map((tab) => tab.path)]
  }

  activate(tab: string): void {
    if (this.order.includes(tab)) this.#active = tab
  }

  /** The tab `by` places to the right of the active one, round and round. */
  step(by: number): void {
    const order = this.order
    this.#active = order.at((order.indexOf(this.#active) + by) % order.length) ?? folderTab
  }

  /** Opens a flow, or brings its tab to the front. */
  open(path: string, title: string): void {
    if (!this.#flows.some((tab) => tab.path === path))
      this.#flows = [...this.#flows, { path, title, mode: 'design', dirty: false }]
    this.#active = path
  }

  /** Opens a flow in debug mode: showing `run`, or starting a new one. */
  debug(path: string, title: string, run?: string): void {
    const commands = run === undefined ? this.#commands.get(path) : undefined
    this.open(path, title)
    if (commands?.debug) commands.debug()
    else this.#change(path, (tab) => ({ ...tab, mode: 'debug', ...(run !== undefined && { run }) }))
  }

  close(path: string): void {
    const index = this.#flows.findIndex((tab) => tab.path === path)
    if (index < 0) return
    this.#flows = this.#flows.toSpliced(index, 1)
    this.#commands.delete(path)
    if (this.#active === path) this.#active = (this.#flows[index] ?? this.#flows[index - 1])?.path ?? folderTab
  }

  closeAll(): void {
    for (const tab of this.#flows) this.close(tab.path)
  }

  /** The flow's screen went to debugging a new run, or back to drawing. */
  setMode(path: string, mode: FlowTab['mode']): void {
    this.#change(path, ({ run: _, ...tab }) => ({ ...tab, mode }))
  }

  setDirty(path: string, dirty: boolean): void {
    this.#change(path, (tab) => ({ ...tab, dirty }))
  }

  setTitle(path: string, title: string): void {
    this.#change(path, (tab) => ({ ...tab, title }))
  }

  setCommands(path: string, commands: FlowCommands): void {
    this.#commands.set(path, commands)
  }

  /** Tells the flow in the active tab to do something. False when no flow is active or it cannot do that now. */
  command(name: FlowCommand): boolean {
    const commands = this.#commands.get(this.#active)
    if (!commands?.[name]) return false
    void commands[name]()
    return true
  }

  /** Saves an open flow. False when it still has unsaved edits afterwards. */
  async save(path: string): Promise<boolean> {
    await this.#commands.get(path)?.save?.()
    return this.#flows.find((tab) => tab.path === path)?.dirty !== true
  }

  #change(path: string, change: (tab: FlowTab) => FlowTab): void {
    this.#flows = this.#flows.map((tab) => {
      if (tab.path !== path) return tab
      const changed = change(tab)
      return changed.title === tab.title &&
        changed.dirty === tab.dirty &&
        changed.run === tab.run &&
        changed.mode === tab.mode
        ? tab
        : changed
    })
  }
}
