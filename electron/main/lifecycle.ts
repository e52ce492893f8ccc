import { Notification, app, dialog } from 'electron'
import { closingChoices, finishedInBackground, flowsGoingOn } from '../messages.ts'
import type { StudioWindow } from './studioWindow.ts'

/** Milliseconds that stopped runs get to come to their end before the program ends all the same. */
const stopWait = 5_000

/** The answers, in the order of their buttons. */
const choices = ['finish', 'keep', 'stop', 'stay'] as const

/** What of the runs matters when the window closes. */
export interface GoingOn {
  /** How many runs have not settled. */
  count(): number
  /** How many are still held: those, and settled ones that are being put away. */
  held(): number
  cancelAll(): void
  /** Stops carrying them; the next start goes on with them. */
  keepForNextStart(): void
}

/**
 * What happens when the window is closed while flows are still running: people decide whether they finish in the
 * background (the window hides and the program ends with the last of them), are kept for the next start, are stopped, or
 * the window stays.
 */
export class Lifecycle {
  readonly #runs: GoingOn
  readonly #window: () => StudioWindow
  #state: 'open' | 'asking' | 'finishing' | 'stopping' | 'leaving' = 'open'

  constructor(runs: GoingOn, window: () => StudioWindow) {
    this.#runs = runs
    this.#window = window
  }

  /** Whether the window may close now; asks people if that depends. */
  mayClose(): boolean {
    if (this.#state === 'leaving' || this.#runs.held() === 0) return true
    if (this.#state !== 'open' && this.#state !== 'finishing') return false
    if (this.#runs.count() > 0) void this.#ask()
    else this.#stop(() => undefined)
    return false
  }

  /** The window was called back: the program goes on. */
  comeBack(): void {
    if (this.#state === 'finishing') this.#state = 'open'
    this.#window().show()
  }

  /** A run has ended, in whatever way. */
  runEnded(): void {
    if ((this.#state !== 'finishing' && this.#state !== 'stopping') || this.#runs.held() > 0) return
    if (this.#state === 'finishing' && Notification.isSupported())
      new Notification({ title: app.getName(), body: finishedInBackground() }).show()
    this.#leave()
  }

  /** Does `work` when the program is about to end, before it does. */
  leaveWith(work: () => Promise<void>): void {
    app.once('will-quit', (event) => {
      event.preventDefault()
      void work().finally(() => app.exit())
    })
  }

  async #ask(): Promise<void> {
    this.#state = 'asking'
    const window = this.#window()
    window.show()
    const { response } = await window.dialog((parent) =>
      dialog.showMessageBox(parent, {
        type: 'question',
        title: app.getName(),
        ...flowsGoingOn(this.#runs.count()),
        buttons: choices.map((choice) => closingChoices[choice]),
        defaultId: 0,
        cancelId: choices.indexOf('stay'),
        noLink: true
      })
    )
    const choice = choices[response] ?? 'stay'
    if (choice === 'stay') this.#state = 'open'
    else if (this.#runs.held() === 0) this.#leave()
    else if (choice === 'finish') this.#finish()
    else if (choice === 'keep') this.#stop(() => this.#runs.keepForNextStart())
    else this.#stop(() => this.#runs.cancelAll())
  }

  #finish(): void {
    this.#state = 'finishing'
    this.#window().hide()
  }

  #stop(how: () => void): void {
    this.#state = 'stopping'
    how()
    setTimeout(() => this.#leave(), stopWait).unref()
  }

  #leave(): void {
    this.#state = 'leaving'
    app.quit()
  }
}
