import type { Problem, StepId } from '../../engine/index.ts'
import type { Drawing, DrawnLine } from '../drawing/drawing.ts'

/** The problems of each step that has any. */
export function problemsByStep(problems: readonly Problem[]): ReadonlyMap<StepId, readonly Problem[]> {
  return groupBy(problems, ({ step }) => step)
}

/** The lines that lead to each step. */
export function entering(drawing: Drawing): ReadonlyMap<StepId, readonly DrawnLine[]> {
  return groupBy(drawing.lines.values(), ({ connection }) => connection.to)
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => StepId | undefined): Map<StepId, T[]> {
  const groups = new Map<StepId, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return groups
}
