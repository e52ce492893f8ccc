import { join } from 'node:path'
import { BrowserWindow, type IpcMainInvokeEvent, app, dialog, nativeTheme, screen } from 'electron'
import type { EventChannel, Events } from '../ipc/contract.ts'
import { refusalOf } from '../ipc/refusalOf.ts'
import { studioOrigin } from './protocol.ts'
import { developmentPage, isStudioOrigin } from './security.ts'
import { otherRuntime } from './runtimePin.ts'
import type { KeptStore } from './store.ts'
import { openingBounds, smallestSize } from './windowBounds.ts'

/** The colour of the sheet in each theme, so that the window never flashes before the page is drawn. */
const sheet = { light: '#f5f2ea', dark: '#10181c' }

/** What the window asks and tells the rest of the program. */
export interface WindowContext {
  readonly mayClose: () => boolean
  readonly focused: () => void
  readonly report: (where: string, error: unknown) => void
}

/** A page that crashes more often than this many times in a row is not loaded again. */
const mostReloads = 3

/** The studio's one window. It can be hidden while flows finish in the background, and come back. */
export class StudioWindow {
  readonly #store: KeptStore
  readonly #context: WindowContext
  #window: BrowserWindow | undefined
  #reloads = 0

  constructor(store: KeptStore, context: WindowContext) {
    this.#store = store
    this.#context = context
  }

  /** Opens a dialog that belongs to the window. Opens the window first, if it is not there. */
  dialog<T>(open: (parent: BrowserWindow) => Promise<T>): Promise<T> {
    this.#window ??= this.#open()
    return open(this.#window)
  }

  /** Opens the window, or brings the open one to the front. */
  show(): void {
    if (!this.#window) {
      this.#window = this.#open()
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  hide(): void {
    this.#window?.hide()
  }

  /** Loads the page anew; unsaved edits are kept as drafts. */
  reload(): void {
    this.#window?.webContents.reload()
  }

  /** Shows the sentence of a refusal; anything else is reported. */
  warn(error: unknown): void {
    const refusal = refusalOf(error)
    if (!refusal) this.#context.report('working for the window', error)
    else void this.dialog((parent) => dialog.showMessageBox(parent, { type: 'warning', message: refusal.message }))
  }

  /** Tells the page that something happened; nobody hears it while the page is not there. */
  send<N extends EventChannel>(name: N, payload: Events[N]): void {
    const contents = this.#window?.webContents
    if (contents && !contents.isDestroyed()) contents.send(name, payload)
  }

  /** As `send`, for what is told only once: a page that is still loading hears it when it is there. */
  tell<N extends EventChannel>(name: N, payload: Events[N]): void {
    const contents = this.#window?.webContents
    if (contents?.isLoadingMainFrame()) contents.once('did-finish-load', () => this.send(name, payload))
    else this.send(name, payload)
  }

  /** Whether a request comes from the main frame of this window, showing the studio's own page. */
  trusts(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame
    return frame !== null && frame === this.#window?.webContents.mainFrame && isStudioOrigin(frame.origin)
  }

  command(command: 'minimize' | 'maximize' | 'close'): void {
    const window = this.#window
    if (command === 'minimize') window?.minimize()
    else if (command === 'close') window?.close()
    else if (window?.isMaximized()) window.unmaximize()
    else window?.maximize()
  }

  #open(): BrowserWindow {
    const kept = this.#store.get('window')
    const window = new BrowserWindow({
      ...openingBounds(kept?.bounds, displays()),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      show: false,
      backgroundColor: sheet[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
      ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : { frame: false }),
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false
      }
    })
    window.once('ready-to-show', () => {
      if (kept?.maximized) window.maximize()
      window.show()
    })
    const warning = otherRuntime(app.getAppPath(), process.versions.electron)
    if (warning !== undefined) {
      // The page would put its own title in the place of this one.
      window.on('page-title-updated', (event) => event.preventDefault())
      window.setTitle(`${app.getName()}: ${warning}`)
      app.setAboutPanelOptions({
        applicationName: app.getName(),
        applicationVersion: app.getVersion(),
        copyright: warning
      })
      this.#context.report('opening the window', warning)
    }
    window.on('focus', this.#context.focused)
    window.on('close', (event) => {
      this.#remember(window)
      if (!this.#context.mayClose()) event.preventDefault()
    })
    window.on('closed', () => (this.#window = undefined))
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#revive(window, reason))
    void window.loadURL(developmentPage() ?? `${studioOrigin}/index.html`)
    return window
  }

  /** Unsaved edits are kept as drafts: the page that is loaded again offers them. */
  #revive(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    this.#context.report('showing the window', `Its process ended: ${reason}`)
    if (++this.#reloads <= mostReloads) window.webContents.reload()
  }

  #remember(window: BrowserWindow): void {
    this.#store.set('window', { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
}

/** The work areas of all displays, the main one first. */
function displays() {
  const main = screen.getPrimaryDisplay()
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea)
}
