const isLong = process.env['FAULTS'] === 'many'

/** How often a test with real processes and disks is to try: a few times, or as `npm run test:faults` wants it. */
export const faultRounds = (few: number, many: number): number => (isLong ? many : few)

/** How long such a test may take, in milliseconds. */
export const faultTime = faultRounds(60_000, 1_800_000)

/** Prints what came of the long form of such a test. */
export function tellFaults(name: string, counts: Readonly<Record<string, unknown>>): void {
  if (isLong) console.warn(`${name}: ${JSON.stringify(counts)}`)
}
