import { formatCount } from '../ui/formatCount.ts'
import type { Lane } from './lanes.ts'

/** The lanes that have a row of their own, and those that share the last one. */
export interface FoldedLanes {
  readonly lanes: readonly Lane[]
  readonly folded: readonly Lane[]
}

const most = 12

/** Up to twelve lanes have a row each; of more, the first eleven, and the others are folded into one. */
export function foldLanes(lanes: readonly Lane[]): FoldedLanes {
  return lanes.length <= most
    ? { lanes, folded: [] }
    : { lanes: lanes.slice(0, most - 1), folded: lanes.slice(most - 1) }
}

/** '14 running · 4 done · 1 failed'. */
export function countStates(lanes: readonly Lane[]): string {
  const words = { running: 'running', done: 'done', failed: 'failed', cancelled: 'stopped' } as const
  return Object.entries(words)
    .map(([state, word]) => ({ word, count: lanes.filter((lane) => lane.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${formatCount(count)} ${word}`)
    .join(' · ')
}
