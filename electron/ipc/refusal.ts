/** What a request throws when it cannot be done for a reason that people should read. Anything else counts as a bug. */
export class Refusal extends Error {
  /** Stable, for programs: 'folder-missing'. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}
