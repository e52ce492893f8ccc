import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../host/testing/chanceOf.ts'
import type { DoubtHandling } from '../../model/index.ts'
import { holds } from '../property/holds.ts'
import { carry, type CarryOptions } from './carrying/carry.ts'
import type { Carried } from './carrying/carried.ts'
import { checkSame, type Luck } from './carrying/checkSame.ts'
import { partlyUnsafe } from './carrying/partlyUnsafe.ts'
import { durability, kills, recording } from './carrying/killArbitrary.ts'
import { type Broken, type Kill, killedAndResumed, unpoweredAndResumed } from './carrying/killed.ts'
import { type RandomRun, racingRun, richRun } from './flows/randomRun.ts'

type BreakOff = (options: CarryOptions, first: Carried) => Promise<Broken>

async function check(options: CarryOptions & { readonly handling: DoubtHandling }, breakOff: BreakOff, luck: Luck) {
  const unbroken = await carry(options)
  const broken = await breakOff(options, unbroken)
  checkSame(unbroken, broken, options.handling, luck)
}

const ways = fc.record({
  recording,
  durability,
  handling: fc.constantFrom<DoubtHandling[]>('retry', 'skip')
})

/** Checks random runs, each broken off in a way of its own. */
async function checkAll(
  name: string,
  runs: number,
  drawn: fc.Arbitrary<RandomRun>,
  breakOff: (kills: readonly Kill[], chance: () => number) => BreakOff
): Promise<void> {
  const luck: Luck = { cases: 0, otherwise: 0 }
  await holds(
    name,
    fc.asyncProperty(drawn, ways, kills, fc.nat(), (run, way, when, seed) =>
      check({ run: { ...run, flows: partlyUnsafe(run.flows) }, ...way }, breakOff(when, chanceOf(seed)), luck)
    ),
    { runs }
  )
  expect(luck.otherwise).toBeLessThan(Math.max(2, luck.cases / 50))
}

describe('a run that is resumed does what the unbroken one does', () => {
  it('when its process is killed', { timeout: 600_000 }, () =>
    checkAll('killed', 2_000, richRun, (when) => (options, first) => killedAndResumed(options, first, when))
  )

  it('when its process is killed, and what comes first decides', { timeout: 600_000 }, () =>
    checkAll('racing killed', 500, racingRun, (when) => (options, first) => killedAndResumed(options, first, when))
  )

  it('when the power goes off, on a disk that loses what was not made safe', { timeout: 600_000 }, () =>
    checkAll(
      'power',
      500,
      richRun,
      (when, chance) => (options, first) => unpoweredAndResumed(options, first, when, chance)
    )
  )
})
