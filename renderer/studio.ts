import type { EventChannel, Events, RequestName, Requests, Studio } from '../electron/ipc/contract.ts'

declare global {
  interface Window {
    readonly studio: Studio
  }
}

/** What the main process could not do, with a sentence for people. */
export class StudioError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'StudioError'
    this.code = code
  }
}

/** Asks the main process for something. Throws StudioError with its sentence when it could not be done. */
export async function request<N extends RequestName>(
  name: N,
  ...args: Parameters<Requests[N]>
): Promise<ReturnType<Requests[N]>> {
  const reply = await window.studio.request(name, ...args)
  if (!reply.ok) throw new StudioError(reply.error.code, reply.error.message)
  return reply.value
}

/** Listens to what happens in the main process. Returns the unsubscribe function. */
export function on<N extends EventChannel>(name: N, listener: (payload: Events[N]) => void): () => void {
  return window.studio.on(name, listener)
}

/** The sentence of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
