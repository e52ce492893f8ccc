import { type FSWatcher, watch } from 'node:fs'

/** Changes come in bursts (write, rename, touch): one look afterwards is enough. Milliseconds. */
const calm = 200

/**
 * Notices changes in folders, as a hint to look again. Each folder is watched by itself, without its sub-folders, so
 * that the thousands of mails in process folders cost nothing.
 */
export class FolderWatch {
  readonly #onChange: () => void
  readonly #watchers = new Map<string, FSWatcher>()
  #timer: NodeJS.Timeout | undefined

  /** `onChange` is called once things have been calm for 200 ms. */
  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** Watches exactly these folders (absolute) from now on. One that cannot be watched is looked at on focus only. */
  watch(folders: readonly string[]): void {
    for (const [folder, watcher] of this.#watchers)
      if (!folders.includes(folder)) {
        watcher.close()
        this.#watchers.delete(folder)
      }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#open(folder)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.watch([])
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#stir())
      watcher.on('error', () => this.#lose(folder))
      this.#watchers.set(folder, watcher)
    } catch {
      this.#watchers.delete(folder)
    }
  }

  #lose(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
    this.#stir()
  }

  #stir(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onChange, calm)
  }
}
