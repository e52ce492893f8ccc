import fc from 'fast-check'
import type { Durability, Recording } from '../../../model/index.ts'
import type { Kill } from './killed.ts'

/** How much a journal keeps, and what it survives: mostly as usual. */
export const recording = fc.constantFrom<Recording[]>('full', 'full', 'summary')
export const durability = fc.constantFrom<Durability[]>('standard', 'standard', 'strict')

const part = fc.nat(9_999).map((n) => n / 10_000)

/** When the processes that carry a run end, one after another. */
export const kills: fc.Arbitrary<readonly Kill[]> = fc.array(
  fc.record({ at: part, lost: fc.oneof(fc.constant(0), part) }),
  { minLength: 1, maxLength: 3 }
)
