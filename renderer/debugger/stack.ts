import { formatCount } from '../ui/formatCount.ts'
import { stepNameOf } from '../timeline/lanes.ts'
import type { Run, StepId, ThreadId } from '../../engine/index.ts'

/** One line of a thread's stack, innermost first: the step it is at, or a flow call on top of which that stands. */
export interface StackLine {
  readonly key: string
  readonly title: string
  readonly note: string
  /** The step to show when it is chosen, and the flow that it is in. */
  readonly step?: StepId
  readonly path: string
}

/** The stack of a thread that has not ended. `unitOf` names what a step counts: 'mail'. */
export function stackOf(run: Run, id: ThreadId, unitOf: (type: string) => string): StackLine[] {
  const thread = run.threads[id]
  if (!thread || thread.endedAt !== undefined) return []
  const lines: StackLine[] = []
  for (const frame of run.frames.filter((one) => one.thread === id && one.leftAt === undefined).reverse()) {
    const flow = run.flows[frame.path]
    const visit = run.visits.findLast((one) => one.frame === frame.id && one.state === 'running')
    if (visit) {
      const type = flow?.steps.find((step) => step.id === visit.step)?.type ?? ''
      const { done, total } = visit.progress ?? { done: 0, total: 0 }
      lines.push({
        key: `step ${frame.id}`,
        title: stepNameOf(run, frame.id, visit.step),
        note: total > 0 && done < total ? `${unitOf(type)} ${formatCount(done + 1)}` : '',
        step: visit.step,
        path: frame.path
      })
    }
    const moved = thread.kind === 'background' && frame.enteredAt < thread.startedAt
    lines.push({
      key: `frame ${frame.id}`,
      title: flow?.name ?? frame.path,
      note: moved ? 'moved here' : '',
      path: frame.path
    })
  }
  return lines
}
