import { type Value, type Visit, isRecord } from '../../engine/index.ts'
import { preview } from './valueText.ts'

/** How one item of a counting step stands. `stopped`: the step ended before it. */
export type ItemState = 'done' | 'failed' | 'running' | 'queued' | 'stopped'

export interface ItemRow {
  /** From 0. */
  readonly index: number
  readonly label: string
  readonly state: ItemState
  /** Why it failed, or what the server said. */
  readonly detail?: string
}

/** The items of a step that counts, with the input that lists them. */
export interface ItemRows {
  /** The name of the input; undefined when none has as many items as the step counts. */
  readonly input: string | undefined
  readonly rows: readonly ItemRow[]
  readonly counts: Readonly<Record<ItemState, number>>
}

/** A row for each item of `visit`, in the order of its list; undefined when the step counts nothing. */
export function itemRows(visit: Visit): ItemRows | undefined {
  const { progress, items } = visit
  if (!progress || progress.total === 0) return undefined
  const input = Object.entries(visit.inputs).find(([, value]) => lengthOf(value) === progress.total)
  const list: readonly Value[] = input && Array.isArray(input[1]) ? input[1] : []
  const changed: (Visit['items'][number] | undefined)[] = []
  let furthest = -1
  for (const item of items) {
    changed[item.index] = item
    furthest = Math.max(furthest, item.index)
  }
  const running = visit.state === 'running' ? underWay(changed, furthest, progress.total) : new Set<number>()
  const counts = { done: 0, failed: 0, running: 0, queued: 0, stopped: 0 }
  const rows = Array.from({ length: progress.total }, (_, index): ItemRow => {
    const item = changed[index]
    const rest = visit.state === 'running' ? 'queued' : 'stopped'
    const state = item?.state ?? (running.has(index) ? 'running' : rest)
    counts[state]++
    const label = item?.label ?? labelOf(list[index])
    return item?.detail === undefined ? { index, label, state } : { index, label, state, detail: item.detail }
  })
  return { input: input?.[0], rows, counts }
}

const lengthOf = (value: Value): number => (Array.isArray(value) ? value.length : -1)

/** Items are begun in order: whatever lies before one that has changed is being worked on, else the next one is. */
function underWay(changed: readonly unknown[], furthest: number, total: number): ReadonlySet<number> {
  const open = new Set<number>()
  for (let index = 0; index <= furthest; index++) if (changed[index] === undefined) open.add(index)
  if (open.size === 0 && furthest + 1 < total) open.add(furthest + 1)
  return open
}

function labelOf(value: Value | undefined): string {
  if (isRecord(value) && typeof value.address === 'string') return value.address
  return value === undefined ? '' : preview(value)
}
