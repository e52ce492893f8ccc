/** Something on this computer is not as it must be. `code` is stable, for programs; the message is for people. */
export class HostError extends Error {
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'HostError'
    this.code = code
  }
}

/** The system's code of a failed call, such as 'ENOENT'; empty when `error` has none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
