import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holds } from '../../testing/property/holds.ts'
import type { ValueRecord } from '../../model/index.ts'
import { branchOutputs, bringBack, copyOutputs, outputsAt, setOutputs, type StepOutputs } from './stepOutputs.ts'

const count = 5
const all = (outputs: StepOutputs): (ValueRecord | undefined)[] =>
  Array.from({ length: count }, (_, index) => outputsAt(outputs, index))

it('keeps what a branch gave from the others until it is brought back', () => {
  const main: StepOutputs = { steps: [{ x: 1 }], own: undefined }
  const before = copyOutputs(main)
  const [left, right] = [branchOutputs(before), branchOutputs(before)]
  setOutputs(left, 0, { x: 2 })
  setOutputs(right, 1, { y: 3 })
  expect([all(main)[0], all(right)[0], all(left)[1]]).toEqual([{ x: 1 }, { x: 1 }, undefined])
  bringBack(main, left, before)
  expect([all(main)[0], all(right)[0]]).toEqual([{ x: 2 }, { x: 1 }])
  bringBack(main, right, before)
  expect(all(main).slice(0, 2)).toEqual([{ x: 2 }, { y: 3 }])
})

it('keeps what is written while branches are under way from them', () => {
  const main: StepOutputs = { steps: [{ x: 1 }], own: undefined }
  const before = copyOutputs(main)
  const early = branchOutputs(before)
  setOutputs(main, 0, { x: 2 })
  expect([all(early)[0], all(branchOutputs(before))[0]]).toEqual([{ x: 1 }, { x: 1 }])
})

/** Outputs of a frame, and the same as a whole copy, by which they are judged. */
interface Both {
  readonly outputs: StepOutputs
  readonly copy: (ValueRecord | undefined)[]
  /** A branch: the fork it started from. */
  readonly from?: Fork
}
interface Fork {
  readonly parent: Both
  readonly outputs: StepOutputs
  readonly copy: readonly (ValueRecord | undefined)[]
}

it('is what whole copies would be, for branches in branches', () => {
  const deed = fc.record({
    kind: fc.constantFrom('set', 'set', 'fork', 'branch', 'branch', 'end'),
    who: fc.nat(),
    index: fc.nat(count - 1)
  })
  return holds(
    'outputs of branches',
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const frames: Both[] = [{ outputs: { steps: [], own: undefined }, copy: [] }]
      const forks: Fork[] = []
      for (const [turn, { kind, who, index }] of deeds.entries()) {
        const frame = frames[who % frames.length]!
        const fork = forks[who % Math.max(1, forks.length)]
        if (kind === 'set') {
          const given = { turn }
          setOutputs(frame.outputs, index, given)
          frame.copy[index] = given
        } else if (kind === 'fork')
          forks.push({ parent: frame, outputs: copyOutputs(frame.outputs), copy: [...frame.copy] })
        else if (kind === 'branch' && fork)
          frames.push({ outputs: branchOutputs(fork.outputs), copy: [...fork.copy], from: fork })
        else if (kind === 'end' && frame.from) {
          const { parent, outputs, copy } = frame.from
          bringBack(parent.outputs, frame.outputs, outputs)
          for (const [at, given] of frame.copy.entries()) if (given !== copy[at]) parent.copy[at] = given
        }
        for (const one of frames)
          expect(all(one.outputs)).toEqual(Array.from({ length: count }, (_, at) => one.copy[at]))
      }
    }),
    { runs: 1000 }
  )
})
