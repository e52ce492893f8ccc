import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldRun } from '../../run/journal/foldRun.ts'
import { holds } from '../property/holds.ts'
import { carry } from '../random/carrying/carry.ts'
import { type Carried, effectsOf, eventsOf, triesOf } from '../random/carrying/carried.ts'
import { type RandomRun, racingRun, randomRun } from '../random/flows/randomRun.ts'
import { referenceRun } from './referenceRun.ts'

type Outcome = ReturnType<typeof referenceRun>

/** A run of the engine, told in the words of the reference. */
function outcomeOf(carried: Carried): Outcome {
  const events = eventsOf(carried)
  const threads = foldRun(events).threads.map(({ id, kind, end, outcome, outputs, error }) => ({
    kind,
    ...(end && { end }),
    ...(outcome !== undefined && { outcome, outputs: outputs ?? {} }),
    ...(error && { code: error.code }),
    effects: events.flatMap((event) =>
      event.event === 'StepStarted' && event.thread === id && event.step.startsWith('Work')
        ? [{ step: event.step, input: event.inputs['In'] ?? null }]
        : []
    )
  }))
  const { reply, settled } = carried
  return {
    reply: reply?.kind === 'failed' ? { kind: reply.kind, code: reply.error.code } : (reply ?? { kind: 'none' }),
    settled: settled?.state ?? 'never',
    threads,
    documents: effectsOf(carried).flatMap((effect) =>
      effect.kind === 'document' ? [{ name: effect.name, text: effect.text }] : []
    ),
    tries: Object.fromEntries([...triesOf(carried)].map(([key, times]) => [key, times.length]))
  }
}

const comparable = ({ threads, ...rest }: Outcome): unknown => ({
  ...rest,
  tries: Object.entries(rest.tries).sort(),
  threads: threads
    .map(({ kind, end, outcome, outputs, code, effects }) =>
      JSON.stringify({ kind, end, outcome, outputs, code, effects })
    )
    .sort()
})

const agreesOn = (runs: fc.Arbitrary<RandomRun>) =>
  fc.asyncProperty(runs, fc.option(fc.nat(), { nil: undefined }), async (run, order) => {
    const carried = await carry({ run, order, inMemory: true })
    expect(carried.broken.join('\n')).toBe('')
    expect(comparable(outcomeOf(carried))).toEqual(comparable(referenceRun(run)))
  })

it('agrees with the reference interpreter on random runs, in every order of threads', { timeout: 600_000 }, () =>
  holds('reference', agreesOn(randomRun), { runs: 10_000 })
)

it('agrees with it where what comes first decides', { timeout: 600_000 }, () =>
  holds('racing reference', agreesOn(racingRun), { runs: 1_000 })
)
