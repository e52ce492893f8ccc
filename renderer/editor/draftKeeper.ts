import type { FlowDocument } from '../../engine/index.ts'
import type { Ask } from './ask.ts'

interface Draft {
  readonly document: FlowDocument
  readonly base: string
}

/** Keeps unsaved edits outside the folder soon after each change, in order, and drops them when there are none any more. */
export class DraftKeeper {
  /** How long after the last change, in milliseconds. */
  static readonly delay = 700
  readonly #path: string
  readonly #ask: Ask
  #timer: ReturnType<typeof setTimeout> | undefined
  #next: { readonly draft: Draft | undefined } | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(path: string, ask: Ask) {
    this.#path = path
    this.#ask = ask
  }

  /** What is unsaved now; undefined drops the draft. */
  keep(draft: Draft | undefined): void {
    this.#next = { draft }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), DraftKeeper.delay)
  }

  /** Does now what is still to be done. Never throws: the next change tries again. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    const next = this.#next
    this.#next = undefined
    if (next) {
      const { draft } = next
      this.#queue = this.#queue
        .then(() =>
          draft
            ? this.#ask('flow:keep-draft', this.#path, draft.document, draft.base)
            : this.#ask('flow:drop-draft', this.#path)
        )
        .catch(() => undefined)
    }
    await this.#queue
  }
}
