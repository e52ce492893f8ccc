import type { Bar, LaneState } from './lanes.ts'
import { type Scale, breakAt, breakWidth, xOf } from './scale.ts'

/** One or, where they would be too small to tell apart, several bars, as they are drawn. */
export interface DrawnBar {
  readonly x: number
  readonly width: number
  readonly depth: number
  readonly state: LaneState
  readonly bars: readonly [Bar, ...Bar[]]
}

/** No bar is narrower, in pixels. */
const smallest = 6
/** Between two bars that follow each other at once. */
const gap = 2
/** How far a bar may be pushed aside by small ones before it joins them. */
const furthest = 12

/** The bars of a lane that are in view. Small neighbours become one; none overlaps another of its depth. */
export function drawBars(bars: readonly Bar[], scale: Scale, now: number): DrawnBar[] {
  const drawn: (DrawnBar & { readonly bars: Bar[] })[] = []
  const last = new Map<number, number>()
  for (const bar of bars) {
    const from = xOf(scale, bar.from)
    const to = xOf(scale, Math.max(bar.to ?? now, bar.from))
    if (to < -smallest || from > scale.width) continue
    const index = last.get(bar.depth)
    const previous = index === undefined ? undefined : drawn[index]
    const x = previous ? Math.max(from, previous.x + previous.width + gap) : from
    if (previous && index !== undefined && joins(previous, x, from, to)) {
      const end = Math.max(previous.x + previous.width, from + smallest, to)
      previous.bars.push(bar)
      drawn[index] = { ...previous, width: end - previous.x, state: worse(previous.state, bar.state) }
    } else {
      last.set(bar.depth, drawn.length)
      drawn.push({ x, width: Math.max(smallest, to - x), depth: bar.depth, state: bar.state, bars: [bar] })
    }
  }
  return drawn
}

/** Where the text of a bar begins, and the room it has: on the wider side when the bar goes through the break. */
export function textRoom(bar: DrawnBar, scale: Scale): { readonly x: number; readonly width: number } {
  const from = Math.max(bar.x, 0)
  const to = Math.min(bar.x + bar.width, scale.width)
  const gapAt = breakAt(scale)
  if (gapAt === undefined || from >= gapAt || to <= gapAt) return { x: from, width: to - from }
  const after = gapAt + breakWidth
  return gapAt - from > to - after ? { x: from, width: gapAt - from } : { x: after, width: to - after }
}

function joins(previous: DrawnBar, x: number, from: number, to: number): boolean {
  const small = to - from < smallest
  const previousSmall = previous.bars.length > 1 || previous.width <= smallest
  return x > from && ((small && previousSmall) || x - from > furthest)
}

const order: readonly LaneState[] = ['done', 'cancelled', 'kept', 'running', 'waiting', 'retrying', 'failed']

const worse = (a: LaneState, b: LaneState): LaneState => (order.indexOf(a) > order.indexOf(b) ? a : b)
