/** How many bytes the journal of a run may have unless TAILRACE_JOURNAL_LIMIT says otherwise: what can still be read at once. */
const usual = 250_000_000

/**
 * At so many bytes of its journal a run is suspended: to be gone on with, all of it has to be read. TAILRACE_JOURNAL_LIMIT gives
 * it in megabytes; what is no number above 0 is passed over.
 */
export function journalLimit(env: Readonly<Record<string, string | undefined>>): number {
  const megabytes = Number(env['TAILRACE_JOURNAL_LIMIT'])
  return megabytes > 0 ? megabytes * 1_000_000 : usual
}

/** A longer journal is not read at once: of a run that was suspended at its limit there is room for what follows from that. */
export const mostRead = (limit: number): number => 2 * limit
