import {
  type Arbitrary,
  array,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  letrec,
  nat,
  oneof,
  record
} from 'fast-check'
import { expect, it } from 'vitest'
import type { Connection, Flow, Mapping, Step, Value } from '../../model/index.ts'
import { builtInSteps } from '../../steps/index.ts'
import { runInMemory } from '../../testing/runInMemory.ts'
import { surveyFlow } from '../survey.ts'
import { availabilityIn } from './availability.ts'
import { holds } from '../../testing/property/holds.ts'

/** A part of a flow that sets the variable V to something or to nothing. */
type Part =
  | { readonly kind: 'set'; readonly value: Value }
  | { readonly kind: 'if'; readonly holds: boolean; readonly yes: readonly Part[]; readonly no: readonly Part[] }
  | { readonly kind: 'repeat'; readonly times: number; readonly body: readonly Part[] }
  | { readonly kind: 'parallel'; readonly paths: readonly (readonly Part[])[] }

const { part } = letrec<{ part: Part }>((tie) => {
  const parts: Arbitrary<readonly Part[]> = array(tie('part'), { maxLength: 3 })
  return {
    part: oneof(
      { maxDepth: 3 },
      record({ kind: constant('set' as const), value: constantFrom(null, 1) }),
      record({ kind: constant('if' as const), holds: boolean(), yes: parts, no: parts }),
      record({ kind: constant('repeat' as const), times: nat(2), body: parts }),
      record({ kind: constant('parallel' as const), paths: array(parts, { minLength: 2, maxLength: 2 }) })
    )
  }
})

type Way = Omit<Connection, 'to'>

/** The flow of these parts, with a Log at the beginning, at the end, and after each of them. */
function flowOf(parts: readonly Part[], initial: Value): Flow {
  const steps: Step[] = []
  const connections: Connection[] = []
  const add = (type: string, from: readonly Way[], settings = {}, inputs: Record<string, Mapping> = {}): string => {
    const id = `${type} ${steps.length}`
    steps.push({ id, name: id, type, settings, inputs })
    for (const way of from) connections.push({ ...way, to: id })
    return id
  }
  const log = (from: readonly Way[]): Way => {
    const message: Mapping = { kind: 'expression', source: "default(text(flow.V), 'nothing')" }
    return { from: add('log', from, {}, { Message: message }), outcome: 'Done' }
  }
  const all = (more: readonly Part[], from: Way): Way => more.reduce((way, one) => log(build(one, way)), log([from]))
  const build = (one: Part, from: Way): readonly Way[] => {
    switch (one.kind) {
      case 'set': {
        const value: Mapping = one.value === null ? { kind: 'null' } : { kind: 'constant', value: one.value }
        return [{ from: add('set-value', [from], { Variable: 'V' }, { Value: value }), outcome: 'Done' }]
      }
      case 'if': {
        const id = add('if', [from], {}, { Condition: { kind: 'constant', value: one.holds } })
        return [all(one.yes, { from: id, outcome: 'True' }), all(one.no, { from: id, outcome: 'False' })]
      }
      case 'repeat': {
        const id = add('repeat', [from], {}, { Times: { kind: 'constant', value: one.times } })
        connections.push({ ...all(one.body, { from: id, outcome: 'Loop' }), to: id })
        return [{ from: id, outcome: 'Done' }]
      }
      case 'parallel': {
        const id = add('parallel', [from], { Paths: one.paths.length })
        const ends = one.paths.map((path, at) => all(path, { from: id, outcome: `Path ${at + 1}` }))
        return [{ from: add('join', ends), outcome: 'Done' }]
      }
    }
  }
  add('end', [all(parts, { from: add('start', []), outcome: 'Done' })])
  return {
    id: 'f',
    name: 'F',
    inputs: [],
    outputs: [],
    variables: [{ name: 'V', type: 'Number', initial }],
    steps,
    connections
  }
}

it(
  'has a value in runs where the checker says always, and none where it says never',
  { timeout: 120_000 },
  async () => {
    const counts = { always: 0, some: 0, never: 0 }
    await holds(
      'variables',
      asyncProperty(array(part, { minLength: 1, maxLength: 4 }), constantFrom(null, 0), async (parts, initial) => {
        const flow = flowOf(parts, initial)
        const survey = surveyFlow(flow, builtInSteps, { flowAt: () => undefined })
        const availability = availabilityIn(survey)
        const run = runInMemory({ main: flow })
        expect(await run.settled).toEqual({ state: 'completed' })
        for (const { step, inputs } of run.run().visits) {
          if (!step.startsWith('log')) continue
          const says = availability.of(step, { kind: 'variable', name: 'V' })
          const isThere = inputs.Message !== 'nothing'
          expect([step, says, isThere]).not.toEqual([step, isThere ? 'never' : 'always', isThere])
          counts[says]++
        }
      }),
      { runs: 300 }
    )
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  }
)
