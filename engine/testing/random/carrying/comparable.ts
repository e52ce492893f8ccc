import { doubtsOf } from '../../../run/journal/doubts.ts'
import type { RunEvent, RunFact } from '../../../run/journal/event.ts'
import { foldRun } from '../../../run/journal/foldRun.ts'
import { type Carried, type DocumentAdded, effectsOf, eventsOf, type Remains } from './carried.ts'

// What must be the same of a run, whether or not it was broken off and gone on with.

/** What became of a run, whoever carried it. */
export function endOf(carried: Carried): unknown {
  const { reply, settled, threads } = foldRun(eventsOf(carried))
  return {
    reply: reply && { outcome: reply.outcome, outputs: reply.outputs, at: reply.at },
    settled: settled && { state: settled.state, code: settled.error?.code },
    threads: threads
      .map(({ kind, end, outcome, outputs, error, endedAt }) =>
        JSON.stringify({ kind, end, outcome, outputs, code: error?.code, endedAt })
      )
      .sort()
  }
}

/** What a process may tell again that had told it just before its end; progress, where it is the step's own beginning. */
const maybeTwice: ReadonlySet<RunEvent['event']> = new Set([
  'RunResumed',
  'EffectBegun',
  'VariableSet',
  'Logged',
  'SignalTaken'
])
const isMaybeTwice = (event: RunFact): boolean =>
  maybeTwice.has(event.event) || (event.event === 'StepProgressed' && !event.item)

/** Cancel Run, cut off after it had asked for the end of its own run, does not come to its own. */
const isCancelRunCompleted = (event: RunFact): boolean =>
  event.event === 'StepCompleted' && event.step.startsWith('Cancel Run')

/** Threads and frames are numbered as they come, and at the same moment any may come first. */
const numbers: ReadonlySet<string> = new Set(['seq', 'thread', 'frame', 'parent', 'frames', 'Run', 'Thread', 'name'])
const unnumbered = (name: string, value: unknown): unknown => (numbers.has(name) ? undefined : value)

/** The moves that a journal tells of: those of each thread in their order, the threads in any. */
export function movesOf(carried: Carried): string[] {
  const byThread = new Map<number, string[]>()
  for (const event of eventsOf(carried)) {
    if (isMaybeTwice(event) || isCancelRunCompleted(event)) continue
    const thread = 'thread' in event ? event.thread : -1
    byThread.set(thread, [...(byThread.get(thread) ?? []), JSON.stringify(event, unnumbered)])
  }
  return [...byThread.values()].map((lines) => lines.join('\n')).sort()
}

/** The documents that the run has written. */
export const documentsOf = (carried: Carried): readonly DocumentAdded[] =>
  effectsOf(carried).flatMap((effect) => (effect.kind === 'document' ? [effect] : []))

/** Whether nobody can know if some mail was taken, so that the run may go on otherwise. */
export const hasMailInDoubt = ({ events }: Remains): boolean =>
  doubtsOf(foldRun(events)).some(({ step }) => step.startsWith('Send Email'))
