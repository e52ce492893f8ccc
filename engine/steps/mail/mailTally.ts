import { stepMessages } from '../../messages/steps.ts'
import { type Progress, type ProgressItem, StepFailure, type ValueRecord } from '../../model/index.ts'
import type { Addressee } from './remainingMails.ts'

/** Who did not get the mail. */
export type FailedRecipient = { readonly address: string; readonly reason: string }

/** Counts what became of each recipient and reports it as progress. */
export class MailTally {
  readonly total: number
  readonly failed: FailedRecipient[] = []
  #sent = 0
  readonly #progress: (progress: Progress) => void

  /** `before`: what an earlier process had reported, which counts and is not reported again. */
  constructor(total: number, before: Iterable<ProgressItem>, progress: (progress: Progress) => void) {
    this.total = total
    this.#progress = progress
    for (const { label, state, detail = '' } of before)
      if (state === 'done') this.#sent += 1
      else this.failed.push({ address: label, reason: detail })
    this.#report()
  }

  get sent(): number {
    return this.#sent
  }

  /** Takes note of one recipient; `reason` says why the mail was not accepted. */
  add({ index, recipient: { address } }: Addressee, reason: string | undefined): void {
    if (reason === undefined) {
      this.#sent += 1
      this.#report({ index, label: address, state: 'done' })
    } else {
      this.failed.push({ address, reason })
      this.#report({ index, label: address, state: 'failed', detail: reason })
    }
  }

  /** The counts as outputs. */
  counts(): { readonly Sent: number; readonly Total: number } {
    return { Sent: this.#sent, Total: this.total }
  }

  /** `error`, which stopped the sending, with what had been sent before. */
  stoppedBy(error: StepFailure): StepFailure {
    const detail: ValueRecord = {
      ...this.counts(),
      Failed: this.failed,
      ...(error.detail !== undefined && { cause: error.detail })
    }
    return new StepFailure(error.code, stepMessages.sentBefore(error.message, this.#sent, this.total), detail)
  }

  #report(item?: ProgressItem): void {
    this.#progress({ done: this.#sent + this.failed.length, total: this.total, ...(item && { item }) })
  }
}
