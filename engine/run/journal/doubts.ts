import { type BegunItem, type DoubtHandling, type Step, type StepId, stepOf, wholeStep } from '../../model/index.ts'
import type { FrameId, ThreadId } from './event.ts'
import type { Run } from './run.ts'

/** Effects of which nobody knows whether they happened: they had begun when the process of their run ended. */
export interface Doubt {
  readonly thread: ThreadId
  readonly frame: FrameId
  readonly step: StepId
  /** The step's name. */
  readonly name: string
  /** Key into the run's flows. */
  readonly flow: string
  /** The items concerned; none when it is the step as a whole. */
  readonly items: readonly BegunItem[]
  /** What the step itself says is to be done. */
  readonly handling: DoubtHandling | 'ask'
}

/** The setting by which a step says what is to be done about what is in doubt, and its values. */
export const doubtSetting = 'In doubt'
const handlings: ReadonlyMap<unknown, DoubtHandling> = new Map<unknown, DoubtHandling>([
  ['Send again', 'retry'],
  ['Leave out', 'skip']
])

/** What the step itself says is to be done about what is in doubt; undefined when it is to be asked. */
export function ownHandling(step: Pick<Step, 'settings'> | undefined): DoubtHandling | undefined {
  return handlings.get(step?.settings[doubtSetting])
}

/** What is in doubt in a run that was interrupted. */
export function doubtsOf(run: Run): readonly Doubt[] {
  return run.visits.flatMap(({ state, begun, items: ended, thread, frame, step: id }): Doubt[] => {
    if (state !== 'running' || !begun) return []
    const open = begun.filter(({ index }) => !ended.some((item) => item.index === index))
    if (open.length === 0) return []
    const flow = run.frames[frame]?.path ?? run.flow
    const called = run.flows[flow]
    const step = called && stepOf(called, id)
    const items = open.filter(({ index }) => index !== wholeStep)
    const handling = ownHandling(step) ?? 'ask'
    return [{ thread, frame, step: id, name: step?.name ?? id, flow, items, handling }]
  })
}
