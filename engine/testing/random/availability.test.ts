import fc from 'fast-check'
import { expect, it } from 'vitest'
import { availabilityIn, checkFlow, surveyFlow } from '../../check/index.ts'
import type { StepId } from '../../model/index.ts'
import type { FrameId, RunEvent, ThreadId } from '../../run/journal/event.ts'
import { holds } from '../property/holds.ts'
import { testDefinitions } from '../runInMemory.ts'
import { eventsOf } from './carrying/carried.ts'
import { carry } from './carrying/carry.ts'
import { type RandomRun, richRun } from './flows/randomRun.ts'

/** The names of the outputs that each step of a flow call has given. */
type CallData = Map<StepId, readonly string[]>

/** Where the run had data of which the checker says never, or had none of what it says always. */
function contradictions({ flows }: RandomRun, events: readonly RunEvent[]): string[] {
  const lookup = { flowAt: (path: string) => flows[path] }
  const said = new Map(
    Object.entries(flows).map(([path, flow]) => {
      const survey = surveyFlow(flow, testDefinitions, lookup)
      const outputs = [...survey.steps].flatMap(([step, { outcomes }]) => {
        const names = [...(outcomes?.values() ?? [])].flatMap((outcome) => Object.keys(outcome.outputs))
        return [...new Set(names)].map((output) => ({ kind: 'output', step, output }) as const)
      })
      return [path, { availability: availabilityIn(survey), outputs }]
    })
  )
  const frames = new Map<FrameId, { readonly path: string; readonly data: CallData }>()
  const forked = new Map<string, CallData>()
  const mainOf = new Map<ThreadId, FrameId>()
  const branches = new Map<ThreadId, { readonly own: CallData; readonly before: CallData; readonly back: CallData }>()
  const found: string[] = []
  for (const event of events) {
    if (event.event === 'FrameEntered') {
      const below = frames.get(event.parent ?? -1)
      const isFirst = !mainOf.has(event.thread)
      mainOf.set(event.thread, event.frame)
      if (event.path !== undefined) frames.set(event.frame, { path: event.path, data: new Map() })
      else if (below && !isFirst) frames.set(event.frame, below)
      else if (below) {
        // A branch goes on from what there was when it was forked, by itself.
        const before = forked.get(`${String(event.parent)} ${String(event.step)}`) ?? new Map(below.data)
        const own = new Map(before)
        frames.set(event.frame, { path: below.path, data: own })
        branches.set(event.thread, { own, before, back: below.data })
      }
    } else if (event.event === 'ThreadStarted') {
      const [first] = event.frames ?? []
      const moved = frames.get(first ?? -1)
      mainOf.set(event.thread, first ?? -1)
      if (!moved) {
        if (first === undefined) mainOf.delete(event.thread)
        continue
      }
      const copy = { path: moved.path, data: new Map(moved.data) }
      for (const frame of event.frames ?? []) frames.set(frame, copy)
    } else if (event.event === 'ThreadEnded') {
      const branch = event.end === 'completed' ? branches.get(event.thread) : undefined
      if (branch)
        for (const [step, names] of branch.own) if (branch.before.get(step) !== names) branch.back.set(step, names)
    } else if (event.event === 'StepCompleted')
      frames.get(event.frame)?.data.set(event.step, Object.keys(event.outputs))
    else if (event.event === 'StepFailed') {
      if (event.handled) frames.get(event.frame)?.data.set(event.step, ['Error'])
    } else if (event.event === 'StepStarted') {
      const { path, data } = frames.get(event.frame) ?? { path: '', data: new Map() as CallData }
      forked.set(`${String(event.frame)} ${event.step}`, new Map(data))
      const { availability, outputs } = said.get(path) ?? { outputs: [] }
      for (const source of outputs) {
        const says = availability?.of(event.step, source)
        const isThere = data.get(source.step)?.includes(source.output) === true
        if ((says === 'always' && !isThere) || (says === 'never' && isThere))
          found.push(`${path}: at “${event.step}”, “${source.output}” of “${source.step}” is said to be there ${says}`)
      }
    }
  }
  return [...new Set(found)]
}

it('is what it is said to be in random runs', { timeout: 600_000 }, () =>
  holds(
    'availability',
    fc.asyncProperty(richRun, async (run) => {
      expect(contradictions(run, eventsOf(await carry({ run })))).toEqual([])
    }),
    { runs: 1_000 }
  )
)

it('does not throw when it checks random flows', { timeout: 600_000 }, () =>
  holds(
    'checked flows',
    fc.property(richRun, ({ flows }) => {
      const lookup = { flowAt: (path: string) => flows[path] }
      for (const flow of Object.values(flows))
        for (const problem of checkFlow({ flow, layout: {} }, testDefinitions, lookup))
          for (const fix of problem.fixes) fix.apply({ flow, layout: {} })
    }),
    { runs: 1_000 }
  )
)
