import { expect } from 'vitest'
import type { RunFlows } from '../run/journal/event.ts'
import { type Trial, type TrialOptions, tryRun } from './trialRun.ts'

/** Goes on from behind each event of the unbroken run, and expects that what one looks at is the same. */
export async function resumedEverywhere(
  flows: RunFlows,
  options: TrialOptions = {},
  look: (trial: Trial) => unknown = ({ reply, settled }) => ({ reply, settled })
): Promise<void> {
  const whole = await tryRun(flows, options)
  for (let count = 1; count < whole.events.length; count++) {
    const resumed = await tryRun(flows, { ...options, before: whole.events.slice(0, count) })
    expect([count, look(resumed)]).toEqual([count, look(whole)])
  }
}
