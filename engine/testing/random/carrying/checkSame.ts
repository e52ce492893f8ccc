import { expect } from 'vitest'
import type { DoubtHandling } from '../../../model/index.ts'
import type { Carried } from './carried.ts'
import { problemsOf } from './checkInvariants.ts'
import { checkWork } from './checkWork.ts'
import { documentsOf, endOf, hasMailInDoubt, movesOf } from './comparable.ts'
import type { Broken } from './killed.ts'

/** What went otherwise than in the unbroken run because several threads moved at the moment of a kill, in whatever order. */
export interface Luck {
  cases: number
  otherwise: number
}

/** A run that was broken off now and then came to what the unbroken one did. */
export function checkSame(unbroken: Carried, broken: Broken, handling: DoubtHandling, luck: Luck): void {
  const { last, remains } = broken
  luck.cases++
  expect(problemsOf(last).join('\n')).toBe('')
  // Nobody can know how such an effect comes out: the run may well go on otherwise.
  if (remains.some(hasMailInDoubt)) return
  try {
    expect(endOf(last)).toEqual(endOf(unbroken))
    expect(movesOf(last)).toEqual(movesOf(unbroken))
    expect(documentsOf(last)).toEqual(documentsOf(unbroken))
    checkWork(unbroken, broken, handling)
  } catch (error) {
    if (!remains.some(({ now }) => threadsAt(unbroken, now) > 1)) throw error
    luck.otherwise++
  }
}

/** How many threads moved at this moment, in milliseconds of wall time. */
function threadsAt({ moments }: Carried, now: number): number {
  const threads = new Set<number>()
  for (const moment of moments)
    if (moment.kind === 'event' && moment.now === now && 'thread' in moment.event) threads.add(moment.event.thread)
  return threads.size
}
