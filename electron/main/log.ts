import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'

/** When the log is this big it becomes `studio.old.log` and a new one begins; in bytes. */
const fullLog = 1_000_000

/** The file that Help > Show Log opens. */
export function logFile(): string {
  return join(app.getPath('userData'), 'logs', 'studio.log')
}

/** Keeps an error that should not have happened, with where it did. Never throws. */
export function logError(where: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const line = `${new Date().toISOString()} ${where}: ${text}\n`
  console.error(line.trimEnd())
  try {
    const file = logFile()
    mkdirSync(dirname(file), { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > fullLog)
      renameSync(file, file.replace(/log$/, 'old.log'))
    appendFileSync(file, line)
  } catch {
    // A full or read-only disk: the error stands in the console all the same.
  }
}
