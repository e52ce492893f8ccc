import fc from 'fast-check'
import { soak } from './soak.ts'
import { keptSeeds } from './keptSeeds.ts'

/** Where the cases of every property begin, so that the tests are the same every time, on any machine. */
const fixedSeed = 20_261_124

/**
 * Checks a property: on the cases that once failed (engine/testing/property/seeds), then on `runs` cases that are always
 * the same. Under `npm run soak` it looks at fresh cases instead, until its time is over. `name` names it for good.
 */
export async function holds<T>(
  name: string,
  property: fc.IRawProperty<T>,
  { runs = 100 }: { readonly runs?: number } = {}
): Promise<void> {
  if (process.env['SOAK_SECONDS'] !== undefined) return soak(name, property)
  for (const { seed, at } of keptSeeds(name))
    await assert(name, property, { seed, ...(at === undefined ? { numRuns: runs } : { path: `${at}`, numRuns: 1 }) })
  await assert(name, property, { seed: fixedSeed, numRuns: runs })
}

async function assert<T>(name: string, property: fc.IRawProperty<T>, parameters: fc.Parameters<T>): Promise<void> {
  const details = await fc.check(property, parameters)
  if (details.failed)
    throw new Error(`“${name}” does not hold. ${fc.defaultReportMessage(details)}`, { cause: details.errorInstance })
}
