import type { Run, Thread } from '../../engine/index.ts'

/** The name of a thread; that of an item's says which item it works on: 'Each 3'. */
export function threadName({ frames }: Pick<Run, 'frames'>, { id, kind, name }: Thread): string {
  if (kind !== 'branch') return name
  const index = frames.find((frame) => frame.thread === id && frame.body)?.inputs['index']
  return typeof index === 'number' ? `${name} ${index + 1}` : name
}
