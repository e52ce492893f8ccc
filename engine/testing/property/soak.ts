import fc from 'fast-check'
import { keepSeed } from './keptSeeds.ts'

/**
 * Looks for cases that fail among fresh ones, for as long as scripts/soak.mjs says, and tells how many it has seen. What
 * fails is told with its seed, kept, and thrown. Nothing is done where others are meant.
 */
export async function soak<T>(name: string, property: fc.IRawProperty<T>): Promise<void> {
  const { SOAK_SECONDS: seconds, SOAK_ONLY: only = '', SOAK_FAILED: failed = '[]' } = process.env
  if (!name.includes(only) || failed.includes(JSON.stringify(name))) return
  const details = await fc.check(property, {
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: Number(seconds) * 1000,
    markInterruptAsFailure: false
  })
  console.log(`${name}: ${details.numRuns} cases, ${details.failed ? 1 : 0} failures`)
  if (!details.failed) return
  const at = Number(details.counterexamplePath?.split(':')[0] ?? 0)
  keepSeed(name, { seed: details.seed, at }, messageOf(details.errorInstance))
  console.log(fc.defaultReportMessage(details))
  throw new Error(`“${name}” does not hold: seed ${details.seed}, case ${at}`)
}

/** What was found, in words: where a sentence was expected to be empty, that sentence. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'actual' in error && typeof error.actual === 'string' ? error.actual : error.message
}
