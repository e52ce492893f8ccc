import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Services, StepFailure } from '../../model/index.ts'
import type { RunEvent } from '../../run/journal/event.ts'
import { foldRun } from '../../run/journal/foldRun.ts'
import { memoryJournal } from '../../run/journal/journal.ts'
import { seededSchedule } from '../../run/schedule/seededSchedule.ts'
import { startFlow } from '../../run/startFlow.ts'
import type { RunReply, Settled } from '../../run/state/outcome.ts'
import { type RandomRun, randomRun } from '../random/randomFlow.ts'
import { referenceRun } from './referenceRun.ts'
import { testSteps } from '../runInMemory.ts'
import { virtualClock } from '../virtualClock.ts'

// REFERENCE_CASES: how many random runs are compared, for fewer while developing; REFERENCE_SEED repeats a choice of them.
const cases = Number(process.env['REFERENCE_CASES'] ?? 10_000)
const seed = process.env['REFERENCE_SEED'] === undefined ? undefined : Number(process.env['REFERENCE_SEED'])

const unused = (): never => {
  throw new Error('Random flows need no such service')
}

/** The run on the engine, told in the words of the reference; with an order, its threads go on as that seed draws. */
async function engineRun(
  { flows, work, cancelAt }: RandomRun,
  order: number | undefined
): Promise<ReturnType<typeof referenceRun>> {
  const clock = virtualClock(0)
  const events: RunEvent[] = []
  const tries: Record<string, number> = {}
  const services: Services = {
    clock,
    random: unused,
    documents: { readText: unused, add: unused, copy: unused },
    mail: { send: unused },
    script: { run: unused }
  }
  let reply: RunReply | undefined
  let settled: Settled | undefined
  const handle = startFlow({
    run: 'r',
    flow: '0',
    flows,
    inputs: {},
    definitions: testSteps(async ({ key: whole, inputs, signal }) => {
      const key = whole.slice('r/'.length)
      const nth = (tries[key] = (tries[key] ?? 0) + 1)
      const { takes, fails } = work(key, nth)
      await clock.sleep(takes, signal)
      if (fails !== undefined) throw new StepFailure(fails, fails)
      return inputs['In'] ?? null
    }),
    services,
    journal: memoryJournal(),
    ...(order !== undefined && { schedule: seededSchedule(order, clock) }),
    onEvent: (event) => events.push(event)
  })
  void handle.reply.then((given) => (reply = given))
  void handle.settled.then((given) => (settled = given))
  if (cancelAt !== undefined) clock.after(cancelAt, () => handle.cancel())
  await clock.run()
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
  const told = reply?.kind === 'failed' ? { kind: reply.kind, code: reply.error.code } : (reply ?? { kind: 'none' })
  return { reply: told, settled: settled?.state ?? 'never', threads, tries }
}

const comparable = ({ threads, ...rest }: ReturnType<typeof referenceRun>): unknown => ({
  ...rest,
  tries: Object.entries(rest.tries).sort(),
  threads: threads
    .map((thread) =>
      JSON.stringify(thread, ['kind', 'end', 'outcome', 'outputs', 'code', 'effects', 'step', 'input', 'R'])
    )
    .sort()
})

it(`agrees with the reference interpreter on ${cases.toLocaleString('en')} random runs, in every order of threads`, async () => {
  await fc.assert(
    fc.asyncProperty(randomRun, fc.option(fc.nat(), { nil: undefined }), async (run, order) => {
      const expected = comparable(referenceRun(run))
      const found = comparable(await engineRun(run, order))
      expect(found, `${run.text}\norder ${order}`).toEqual(expected)
    }),
    { numRuns: cases, ...(seed !== undefined && { seed }) }
  )
}, 300_000)
