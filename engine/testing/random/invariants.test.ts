import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holds } from '../property/holds.ts'
import { addedBy } from './carrying/carried.ts'
import { carry } from './carrying/carry.ts'
import { checkMails, problemsOf } from './carrying/checkInvariants.ts'
import { durability, kills, recording } from './carrying/killArbitrary.ts'
import { cutAfter, killedAndResumed, remainsAtEnd } from './carrying/killed.ts'
import { type RandomRun, crowdedRun, racingRun, richRun } from './flows/randomRun.ts'

const ways = fc.record({
  recording,
  durability,
  order: fc.option(fc.nat(), { nil: undefined }),
  slowScripts: fc.boolean(),
  unevenFlushes: fc.boolean(),
  atReply: fc.constantFrom(undefined, undefined, undefined, 'cancel' as const)
})

const moment = fc.oneof(
  fc.record({ suspendAt: fc.integer({ min: 0, max: 2e9 }) }),
  fc.record({ atReply: fc.constant('suspend' as const) }),
  fc.record({})
)
const watching = fc.record({
  atEvent: fc.option(fc.record({ nth: fc.integer({ min: 1, max: 60 }), act: fc.constantFrom('cancel', 'signal') }), {
    nil: undefined
  }),
  debugged: fc.boolean()
})

const nothingForbiddenIn = (runs: fc.Arbitrary<RandomRun>) =>
  fc.asyncProperty(runs, ways, async (run, way) => {
    expect(problemsOf(await carry({ run, ...way })).join('\n')).toBe('')
  })

it('no run does what no run may do', { timeout: 600_000 }, () =>
  holds('invariants', nothingForbiddenIn(fc.oneof(richRun, crowdedRun)), { runs: 2_000 })
)

it('nor does one in which what comes first decides', { timeout: 600_000 }, () =>
  holds('racing invariants', nothingForbiddenIn(racingRun), { runs: 500 })
)

it('no mail is sent twice that is to be left out when in doubt', { timeout: 600_000 }, () =>
  holds(
    'mails left out',
    fc.asyncProperty(fc.oneof(richRun, crowdedRun), ways, kills, async (run, { recording, durability }, when) => {
      if (isTriedAgainAround(run)) return
      const options = { run, recording, durability, handling: 'skip' as const }
      const unbroken = await carry(options)
      expect(checkMails(unbroken).join('\n')).toBe('')
      expect(checkMails((await killedAndResumed(options, unbroken, when)).last).join('\n')).toBe('')
    }),
    { runs: 1_000 }
  )
)

it('a run in which much happens at once can be killed and gone on with', { timeout: 600_000 }, () =>
  holds(
    'crowded',
    fc.asyncProperty(crowdedRun, ways, kills, async (run, { recording, durability, unevenFlushes }, when) => {
      const options = { run, recording, durability, unevenFlushes }
      const { last } = await killedAndResumed(options, await carry(options), when)
      expect(problemsOf(last).join('\n')).toBe('')
    }),
    { runs: 1_000 }
  )
)

it(
  'a run that is watched, stopped and spoken to in the midst of its moves can be killed and gone on with',
  { timeout: 600_000 },
  () =>
    holds(
      'watched',
      fc.asyncProperty(fc.oneof(richRun, crowdedRun), ways, watching, kills, async (run, way, watched, when) => {
        const { recording, durability, unevenFlushes } = way
        const options = { run, recording, durability, unevenFlushes, ...watched }
        const { last } = await killedAndResumed(options, await carry(options), when)
        expect(problemsOf(last).join('\n')).toBe('')
      }),
      { runs: 1_000 }
    )
)

it('a run can be suspended and gone on with', { timeout: 600_000 }, () =>
  holds(
    'suspended',
    fc.asyncProperty(richRun, ways, moment, async (run, { recording, durability, slowScripts }, suspendAt) => {
      const options = { run, recording, durability, slowScripts }
      const first = await carry({ ...options, ...suspendAt })
      expect(problemsOf(first).join('\n')).toBe('')
      if (first.settled?.state !== 'suspended') return
      expect(problemsOf(await carry(options, remainsAtEnd(first))).join('\n')).toBe('')
    }),
    { runs: 1_000 }
  )
)

it('a run that was broken off can be settled as cancelled, and does nothing more', { timeout: 600_000 }, () =>
  holds(
    'cancelled',
    fc.asyncProperty(fc.oneof(richRun, crowdedRun), ways, fc.nat(), async (run, way, cut) => {
      const { recording, durability, unevenFlushes } = way
      const options = { run, recording, durability, unevenFlushes }
      const whole = await carry(options)
      const before = cutAfter(whole, 1 + (cut % (addedBy(whole).length - 1)))
      const last = await carry({ ...options, cancel: true }, before)
      expect(problemsOf(last).join('\n')).toBe('')
      expect(last.settled?.state).toMatch(/cancelled|failed|completed/)
      expect(last.moments.filter(({ kind }) => kind === 'began' || kind === 'done')).toEqual([])
    }),
    { runs: 1_000 }
  )
)

/** The steps that may have others inside them. */
const enter: ReadonlySet<string> = new Set(['run-flow', 'repeat', 'while', 'for-each', 'parallel'])

/** Whether a step with others inside it is tried again: what is sent by another attempt of it is another mail. */
function isTriedAgainAround({ flows }: RandomRun): boolean {
  return Object.values(flows).some(({ steps }) => steps.some(({ type, retry }) => retry && enter.has(type)))
}
