import type { RunEvent } from '../run/journal/event.ts'
import { foldRun } from '../run/journal/foldRun.ts'
import type { Run } from '../run/journal/run.ts'
import { eventTeller } from './tellEvent.ts'

/** What is to be searched, and for what. */
export interface Search {
  /** Runs the flow with what `seed` draws, such as with runSeeded, and gives its events. */
  readonly run: (seed: number) => Promise<readonly RunEvent[]>
  /** What is wrong with a run, in a sentence; undefined when it is as it should be. */
  readonly check: (run: Run) => string | undefined
  /** How many seeds are tried, from 0. */
  readonly seeds: number
}

/** A run that is not as it should be. The same seed gives it again. */
export interface Finding {
  readonly seed: number
  readonly problem: string
  /** Its journal in short: a line per event. */
  readonly lines: readonly string[]
  readonly events: readonly RunEvent[]
}

/**
 * Runs a flow under one seed after another, each of which lets its threads go on in another order, and gives the first run
 * that breaks the check; undefined when none does. A run that comes to a stop without being settled is a finding too.
 */
export async function searchInterleavings({ run, check, seeds }: Search): Promise<Finding | undefined> {
  for (let seed = 0; seed < seeds; seed++) {
    const events = await run(seed)
    const found = foldRun(events)
    const problem = found.settled ? check(found) : 'Nothing is due any more, and the run is not settled.'
    if (problem !== undefined) return { seed, problem, lines: events.map(eventTeller()), events }
  }
  return undefined
}

/** A finding as a text for people. */
export function describeFinding({ seed, problem, lines }: Finding): string {
  return [`Seed ${seed}: ${problem}`, ...lines].join('\n  ')
}
