import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../host/testing/chanceOf.ts'
import type { DoubtHandling, Flow } from '../../model/index.ts'
import type { RunFlows } from '../../run/journal/event.ts'
import { holds } from '../property/holds.ts'
import { carry, type CarryOptions } from './carrying/carry.ts'
import type { Carried } from './carrying/carried.ts'
import { problemsOf } from './carrying/checkInvariants.ts'
import { checkWork } from './carrying/checkWork.ts'
import { documentsOf, endOf, hasMailInDoubt, movesOf } from './carrying/comparable.ts'
import { durability, kills, recording } from './carrying/killArbitrary.ts'
import { type Broken, type Kill, killedAndResumed, unpoweredAndResumed } from './carrying/killed.ts'
import { unsafeWork } from './carrying/world.ts'
import { type RandomRun, racingRun, richRun } from './flows/randomRun.ts'

/** The flows with every third Work as one that must not be done twice. */
const partlyUnsafe = (flows: RunFlows): RunFlows =>
  Object.fromEntries(
    Object.entries(flows).map(([path, flow]): [string, Flow] => [
      path,
      {
        ...flow,
        steps: flow.steps.map((step, index) =>
          step.type === 'work' && index % 3 === 0 ? { ...step, type: unsafeWork } : step
        )
      }
    ])
  )

type BreakOff = (options: CarryOptions, first: Carried) => Promise<Broken>

/** What went otherwise than in the unbroken run because several threads moved at the moment of a kill, in whatever order. */
interface Luck {
  cases: number
  otherwise: number
}

async function check(options: CarryOptions & { readonly handling: DoubtHandling }, breakOff: BreakOff, luck: Luck) {
  luck.cases++
  const unbroken = await carry(options)
  const broken = await breakOff(options, unbroken)
  const { last, remains } = broken
  expect(problemsOf(last).join('\n')).toBe('')
  // Nobody can know how such an effect comes out: the run may well go on otherwise.
  if (remains.some(hasMailInDoubt)) return
  try {
    expect(endOf(last)).toEqual(endOf(unbroken))
    expect(movesOf(last)).toEqual(movesOf(unbroken))
    expect(documentsOf(last)).toEqual(documentsOf(unbroken))
    checkWork(unbroken, broken, options.handling)
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
