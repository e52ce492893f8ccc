import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DoubtHandling, StepFailure } from '../../model/index.ts'
import { foldRun } from '../../run/journal/foldRun.ts'
import { retryEvent } from '../../run/replay/retryEvent.ts'
import { holds } from '../property/holds.ts'
import { carry, type CarryOptions } from './carrying/carry.ts'
import { type Carried, effectsOf, eventsOf } from './carrying/carried.ts'
import { problemsOf } from './carrying/checkInvariants.ts'
import { checkSame, type Luck } from './carrying/checkSame.ts'
import { workOf } from './carrying/checkWork.ts'
import { durability, kills, recording } from './carrying/killArbitrary.ts'
import { type Kill, killedAndResumed, remainsAtEnd } from './carrying/killed.ts'
import { partlyUnsafe } from './carrying/partlyUnsafe.ts'
import { type RandomRun, crowdedRun, richRun } from './flows/randomRun.ts'

const ways = fc.record({ recording, durability, handling: fc.constantFrom<DoubtHandling[]>('retry', 'skip') })

/** The run with Work that does not fail any more. */
const mended = (run: RandomRun): RandomRun => ({
  ...run,
  work: (key, nth) => {
    const { fails: _, ...rest } = run.work(key, nth)
    return rest
  }
})

/** Whether a run that has come to its end can be retried. One that failed nowhere else than at a loose end cannot. */
function canBeRetried(carried: Carried): boolean {
  const { state } = carried.settled ?? {}
  if (state !== 'failed' && state !== 'background failed') return false
  try {
    return retryEvent(eventsOf(carried), 0).steps.length > 0
  } catch (error) {
    if (error instanceof StepFailure && error.code === 'retry-nowhere') return false
    throw error
  }
}

/** The keys of Work that was complete before the retry and was done once more by it. */
function doneAgain(first: Carried, retried: Carried): string[] {
  const completed = new Set(
    first.moments.flatMap((moment) => {
      if (moment.kind !== 'done' || moment.effect.kind !== 'work') return []
      const { step, now, id } = moment.effect
      // Where several visits of one step ended at the same moment, nobody can say which of them did what.
      const ends = first.moments.flatMap((one) =>
        one.kind === 'event' && 'step' in one.event && one.event.step === step && one.now === now ? [one.event] : []
      )
      const isHeard =
        ends.some(({ event }) => event === 'StepCompleted') &&
        !ends.some(({ event }) => event === 'StepFailed' || event === 'StepRetried')
      return isHeard ? [visitOf(id)] : []
    })
  )
  const done = effectsOf(retried).slice(effectsOf(first).length)
  return done.flatMap((effect) => (effect.kind === 'work' && completed.has(visitOf(effect.id)) ? [effect.id] : []))
}

const visitOf = (id: string): string => id.slice(0, id.lastIndexOf(' '))

/** Whether steps were attempted again that begin anew with the steps they run, such as a loop whose time was over. */
const beginsAnew = (retried: Carried): boolean =>
  eventsOf(retried).some((event) => {
    const again = event.event === 'RunRetried' ? event.steps : event.event === 'StepRetried' ? [event] : []
    return again.some(({ step }) => !step.startsWith('Work') && !step.startsWith('Send Email'))
  })

async function check(options: CarryOptions & { readonly handling: DoubtHandling }, when: readonly Kill[], luck: Luck) {
  const first = await carry(options)
  if (!canBeRetried(first)) return
  const retry = { ...options, run: mended(options.run), retry: true }
  const retried = await carry(retry, remainsAtEnd(first))
  expect(problemsOf(retried).join('\n')).toBe('')
  const { visits, threads } = foldRun(eventsOf(retried))
  // In summary recording, nothing tells that a frame is left that a visit was in.
  if (options.recording === 'full') expect(visits.filter(({ state }) => state === 'running')).toEqual([])
  expect(threads.filter(({ end }) => end === undefined)).toEqual([])
  if (!beginsAnew(retried)) expect(doneAgain(first, retried)).toEqual([])
  // An attempt of Parallel may leave threads behind whose visits have the keys of the next one's: nothing can tell them apart.
  const done = workOf(retried).map(({ id }) => id)
  if (new Set(done).size < done.length) return
  checkSame(retried, await killedAndResumed(retry, retried, when), options.handling, luck)
}

async function checkAll(name: string, runs: number, drawn: fc.Arbitrary<RandomRun>): Promise<void> {
  const luck: Luck = { cases: 0, otherwise: 0 }
  await holds(
    name,
    fc.asyncProperty(drawn, ways, kills, (run, way, when) =>
      check({ run: { ...run, flows: partlyUnsafe(run.flows) }, ...way }, when, luck)
    ),
    { runs }
  )
  expect(luck.cases).toBeGreaterThan(runs / 20)
  expect(luck.otherwise).toBeLessThan(Math.max(2, luck.cases / 50))
}

it('a run that is retried does what has failed and nothing twice, also when it is killed', { timeout: 600_000 }, () =>
  checkAll('retried', 1_000, richRun)
)

it('a run is retried in which much happens at the same moment', { timeout: 600_000 }, () =>
  checkAll('crowded retried', 300, crowdedRun)
)
