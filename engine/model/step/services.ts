import type { CancelSignal } from './cancelSignal.ts'
import type { FileReference, Value, ValueRecord } from '../value/value.ts'

/** The outside world, given to every step. Tests give a fake clock, a debugger a dry-run mail. */
export interface Services {
  readonly clock: Clock
  /** From 0 up to but not including 1. */
  random(): number
  readonly documents: Documents
  readonly mail: MailService
  readonly script: ScriptService
}

/** JavaScript in a sandbox: no way out, a deadline, and an end to its memory. */
export interface ScriptService {
  /**
   * Runs `source` with the names in `data` as variables. Resolves with what it returns, or with the value of its last
   * expression, as JSON. Throws StepFailure `script-failed`, `script-timeout` or `script-memory`; Cancelled.
   */
  run(source: string, data: ValueRecord, signal: CancelSignal): Promise<Value>
}

export interface Clock {
  /** Wall time in milliseconds since 1970. */
  now(): number
  /** Milliseconds since any fixed moment; never goes back. */
  elapsed(): number
  /** Resolves after `milliseconds`; rejects with Cancelled when `signal` is given first. */
  sleep(milliseconds: number, signal: CancelSignal): Promise<void>
}

/** Files the run may read, and its process folder's documents. */
export interface Documents {
  /**
   * The text of a file: a document of this run (FileReference), or a file of the Designer Folder by its path in
   * it. Decodes UTF-8 (BOM dropped), UTF-16 with BOM, and else Windows-1252.
   * Throws StepFailure `document-missing`, `document-unreadable` or `document-outside` (leaves the folder).
   */
  readText(document: FileReference | string): Promise<string>
  /**
   * Writes a document into the run's process folder; a name in use gets " (2)". The text is written as UTF-8. `key`: that of
   * the visit; when it has added the same text before, also in a process that ended, the document from then is the answer.
   */
  add(name: string, text: string, key: string): Promise<FileReference>
  /** Copies a file of the Designer Folder, or another document, into the process folder; `key` as in `add`. */
  copy(document: FileReference | string, name: string | undefined, key: string): Promise<FileReference>
}

export interface MailService {
  /**
   * Hands one mail to `account` ('Outbox', an account's name, or '' for the run's usual one) and resolves when the server has accepted it for at
   * least one recipient. Throws StepFailure: `mail-refused` (this mail or all its recipients, for good), `mail-in-doubt`
   * (the connection broke while it was handed over: it may have arrived), `mail-server-unreachable`, `mail-login-refused`, `mail-account-missing`; Cancelled when `signal` was given.
   */
  send(mail: Mail, account: string, signal: CancelSignal): Promise<MailReceipt>
}

/** One mail. Addresses are checked and hold no line breaks; `text` and `html` may both be there. */
export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly replyTo: string
  readonly subject: string
  readonly text?: string
  readonly html?: string
  readonly attachments: readonly (FileReference | string)[]
  /** Derived from run, step and item, so that a repeated mail can be recognised: without < and >. */
  readonly messageId: string
}

export interface MailReceipt {
  readonly messageId: string
  /** Recipients that the server did not take while it took others. */
  readonly refused: readonly { readonly address: string; readonly reason: string }[]
}
