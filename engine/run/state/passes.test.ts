import { expect, test } from 'vitest'
import { bodyPasses, countPass } from './passes.ts'

test.each([3, 3000])('passes are counted by step in a body of a flow of %i steps', (steps) => {
  const passes = bodyPasses(new Array<number>(steps).fill(0))
  const counted = [steps - 1, 0, steps - 1, steps - 1].map((index) => countPass(passes, index))
  expect(counted).toEqual([1, 1, 2, 3])
})
