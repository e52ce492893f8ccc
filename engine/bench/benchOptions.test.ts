import { expect, it } from 'vitest'
import { benchOptions } from './benchOptions.ts'

it('reads a workload with its n', () => {
  expect(benchOptions(['W2', '--n', '10'])).toMatchObject({ mode: 'one', workload: { name: 'W2' }, n: 10 })
})

it('takes n, recording and host from the workload unless given', () => {
  expect(benchOptions(['W7disk'])).toMatchObject({ n: 100_000, recording: 'full', host: 'file' })
  expect(benchOptions(['W7disk', '--host', 'memory', '--recording', 'summary'])).toMatchObject({
    recording: 'summary',
    host: 'memory'
  })
})

it('is all of them without a name, and a comparison with peers', () => {
  expect(benchOptions(['--cap', '5'])).toMatchObject({ mode: 'all', effort: { cap: 5 } })
  expect(benchOptions(['--peers', 'there', '--only', 'rete,xstate'])).toMatchObject({
    mode: 'peers',
    folder: 'there',
    rounds: 3,
    only: ['rete', 'xstate']
  })
})

it('says what is wrong', () => {
  expect(() => benchOptions(['W9'])).toThrow('There is no workload “W9”.')
  expect(() => benchOptions(['W1', '--n', 'ten'])).toThrow('--n takes a whole number from 1, and not “ten”.')
  expect(() => benchOptions(['W1', '--host', 'moon'])).toThrow('--host takes memory or file, and not “moon”.')
})
