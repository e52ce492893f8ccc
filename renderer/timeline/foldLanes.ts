import { formatCount } from '../ui/formatCount.ts'
import type { Lane } from './lanes.ts'

/** The lanes that have a row of their own, and those that share the last one. */
export interface FoldedLanes {
  readonly lanes: readonly Lane[]
  readonly folded: readonly Lane[]
}

const most = 12

/**
 * Up to twelve lanes have a row each; of more, eleven, and the others are folded into one. Branches give way to Main and
 * background threads, and those that have ended to those that have not.
 */
export function foldLanes(lanes: readonly Lane[]): FoldedLanes {
  if (lanes.length <= most) return { lanes, folded: [] }
  const rank = (lane: Lane): number => (lane.branch ? 2 : 0) + (lane.to === undefined ? 0 : 1)
  const shown = new Set(lanes.toSorted((one, other) => rank(one) - rank(other)).slice(0, most - 1))
  return { lanes: lanes.filter((lane) => shown.has(lane)), folded: lanes.filter((lane) => !shown.has(lane)) }
}

/** '14 running · 4 done · 1 failed'. */
export function countStates(lanes: readonly Lane[]): string {
  const words = {
    running: 'running',
    waiting: 'waiting',
    retrying: 'tried again',
    done: 'done',
    failed: 'failed',
    cancelled: 'stopped',
    kept: 'interrupted'
  } as const
  return Object.entries(words)
    .map(([state, word]) => ({ word, count: lanes.filter((lane) => lane.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${formatCount(count)} ${word}`)
    .join(' · ')
}
