import { expect, it } from 'vitest'
import { flowFromText } from '../flowFromText.ts'
import { testDefinitions } from '../runInMemory.ts'
import { carry } from './carrying/carry.ts'
import { workOf } from './carrying/checkWork.ts'
import { type Broken, killedAndResumed } from './carrying/killed.ts'
import type { Carried } from './carrying/carried.ts'
import { dice, lengthOf } from './flows/dice.ts'
import type { RandomRun } from './flows/randomRun.ts'

// Seed 540746873 of the first generator: killed at one moment of it, this run did Work a second time that it had given up.

const limits = { retry: { attempts: 2, wait: 1004, factor: 2 }, timeout: 600_028 }
const linked = flowFromText('Start -> Go Async -> Work 1-4 -> Work 1-5 -> End Step', testDefinitions, {
  name: '1',
  steps: { 'Work 1-5': limits }
})
const main = flowFromText(
  'Start -> Go Async 1 -> Go Async 2 -> Start Linked Flow Async 0-6 -> Wait for Run -[Done]-> End Step\nWait for Run -[Failed]-> End Step',
  testDefinitions,
  {
    name: '0',
    steps: {
      'Start Linked Flow Async 0-6': { settings: { Flow: '1' } },
      'Wait for Run': { inputs: { Run: { kind: 'select', path: 'steps.Start Linked Flow Async 0-6.Run' } } }
    }
  }
)
const run: RandomRun = {
  flows: { 0: main, 1: linked },
  work: (key, nth) => ({ takes: lengthOf(dice(`350753 ${key} ${nth}`)) }),
  seed: 350753,
  outside: []
}

it('Work that has a time limit is given up at the same moment, whenever the process is killed', async () => {
  const unbroken = await carry({ run })
  const done = (carried: Carried): string[] => [...new Set(workOf(carried).map(({ id }) => id))].sort()
  for (let at = 0; at < 1; at += 0.01) {
    const { last }: Broken = await killedAndResumed({ run }, unbroken, [{ at, lost: 0 }])
    expect(done(last)).toEqual(done(unbroken))
  }
})
