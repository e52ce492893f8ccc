import type { MailEntry } from '../../electron/ipc/contract.ts'
import { request, sentenceOf } from '../studio.ts'

/** The mails in the outbox of one run, read again as they get more. */
export class OutboxList {
  #mails = $state.raw<readonly MailEntry[]>([])
  #problem = $state<string>()
  #run: string | undefined
  #reading: Promise<void> | undefined

  get mails(): readonly MailEntry[] {
    return this.#mails
  }

  /** Why it could not be read. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Reads the list of `run`, after the reading that is under way. */
  read(run: string): Promise<void> {
    if (run !== this.#run) this.#mails = []
    this.#run = run
    this.#reading = (this.#reading ?? Promise.resolve()).then(() => this.#readNow(run))
    return this.#reading
  }

  async #readNow(run: string): Promise<void> {
    try {
      const mails = await request('outbox:list', run)
      if (run === this.#run) this.#mails = mails
      this.#problem = undefined
    } catch (error) {
      if (run === this.#run) this.#problem = sentenceOf(error)
    }
  }
}
