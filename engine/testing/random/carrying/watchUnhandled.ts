import { EventEmitter } from 'node:events'

const program = EventEmitter.prototype

/**
 * Does `what`, and answers what came of promises meanwhile that nobody handled, a sentence each; also when it fails itself.
 * The listeners of the test runner are kept out of it, which would count them for no test in particular.
 */
export async function watchUnhandled(what: () => Promise<void>): Promise<readonly string[]> {
  const found: string[] = []
  const kinds = ['unhandledRejection', 'uncaughtException'] as const
  const put = kinds.map((kind) => {
    const others = program.listeners.call(process, kind)
    const listen = (error: unknown): void => void found.push(`${kind}: ${textOf(error)}`)
    program.removeAllListeners.call(process, kind)
    program.on.call(process, kind, listen)
    return (): void => {
      program.off.call(process, kind, listen)
      for (const other of others) program.on.call(process, kind, other as () => void)
    }
  })
  try {
    await what()
    await new Promise((resolve) => setImmediate(resolve))
  } catch (error) {
    found.push(textOf(error))
  } finally {
    for (const back of put) back()
  }
  return found
}

const textOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return `${error.name}: ${error.message}${error.cause === undefined ? '' : ` (${textOf(error.cause)})`}`
}
