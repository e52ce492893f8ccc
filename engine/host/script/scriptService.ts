import type { ScriptService, Services, ValueRecord } from '../../model/index.ts'
import { ScriptRunner } from './scriptRunner.ts'

export interface ScriptOptions extends Pick<Services, 'clock' | 'random'> {
  /** How long a script may take, in milliseconds; a second unless given. */
  readonly deadline?: number
  /** The thread to use; the one of this process unless given. */
  readonly runner?: ScriptRunner
}

const shared = new ScriptRunner()

/** Scripts in a sandbox in a thread of its own. Time and chance inside come from the run's. */
export function scriptService({ clock, random, deadline = 1_000, runner = shared }: ScriptOptions): ScriptService {
  return {
    run: (source, data, signal) =>
      runner.run({ source, data: mentioned(data, source), now: clock.now(), seed: random(), deadline }, signal)
  }
}

/** The JSON of those values whose names stand in the script: flow data can be large, and most scripts need little of it. */
function mentioned(data: ValueRecord, source: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(data).filter(([name]) => source.includes(name))))
}
