import type { RequestName, Requests } from '../../electron/ipc/contract.ts'

/** Asks the main process; `request` of studio.ts, or a test's own. Throws a sentence with a `code`. */
export type Ask = <N extends RequestName>(name: N, ...args: Parameters<Requests[N]>) => Promise<ReturnType<Requests[N]>>

/** The code of what `Ask` threw: 'flow-changed', ... */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
