import { formatCount } from '../ui/formatCount.ts'
import { stepNameOf } from '../timeline/lanes.ts'
import type { Frame, Run, StepId, ThreadId } from '../../engine/index.ts'
import { preview } from './valueText.ts'

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
    if (frame.body) {
      lines.push({ key: `frame ${frame.id}`, ...bodyWords(run, frame), path: frame.path })
      continue
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

/** A loop's body: which time it is, and what it works on; a path of a Parallel. */
function bodyWords(
  run: Run,
  { inputs, parent, step, thread }: Frame
): { readonly title: string; readonly note: string } {
  const owner = step === undefined || parent === undefined ? '' : stepNameOf(run, parent, step)
  const { index, ...items } = inputs
  const item = Object.values(items)[0]
  if (typeof index !== 'number') return { title: run.threads[thread]?.name ?? '', note: `of ${owner}` }
  const title = `${item === undefined ? 'Round' : 'Item'} ${formatCount(index + 1)} of ${owner}`
  return { title, note: item === undefined ? '' : shortened(preview(item)) }
}

const shortened = (text: string): string => (text.length <= 24 ? text : `${text.slice(0, 23)}…`)
