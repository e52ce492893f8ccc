import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A case of a property that once failed: all of a seed, or its case number `at`, from 0. */
export interface KeptSeed {
  readonly seed: number
  readonly at?: number
}

/** The seeds that are kept for a property. In its file, each has a line `seed` or `seed:case`, under what it found. */
export function keptSeeds(property: string): readonly KeptSeed[] {
  const file = fileOf(property)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line): KeptSeed[] => {
    const [seed, at] = line.split(':').map(Number)
    if (line.trim() === '' || line.startsWith('#') || seed === undefined) return []
    return [at === undefined ? { seed } : { seed, at }]
  })
}

/** Keeps a case that failed, unless one is kept that found the same. `found`: what it found, in a line. */
export function keepSeed(property: string, { seed, at }: KeptSeed, found: string): void {
  const file = fileOf(property)
  const comment = `# ${found.replace(/\s+/g, ' ').slice(0, 200)}\n`
  if (existsSync(file) && readFileSync(file, 'utf8').includes(comment)) return
  appendFileSync(file, `${comment}${at === undefined ? seed : `${seed}:${at}`}\n`)
}

const fileOf = (property: string): string =>
  path.join(import.meta.dirname, 'seeds', `${property.replace(/\W+/g, '-')}.txt`)
