import fc from 'fast-check'
import type { Flow } from '../../../model/index.ts'
import type { RunFlows } from '../../../run/journal/event.ts'
import { dice, lengthOf } from './dice.ts'
import { drawFlow } from './drawFlow.ts'
import type { Fails } from './program.ts'
import { programArbitrary, type ProgramKind, sometimes } from './programArbitrary.ts'

/** What somebody outside does to a run, so many milliseconds after its start. */
export type Outside = { readonly at: number } & (
  | { readonly kind: 'cancel'; readonly thread?: number }
  | { readonly kind: 'signal'; readonly signal: string; readonly value: string }
)

/** How one try of Work goes. */
export interface WorkTry {
  readonly takes: number
  readonly fails?: string
}

/** Random flows that make sense, how their Work goes, and what is done to their run. */
export interface RandomRun {
  /** The first is called; each may call the next one. */
  readonly flows: RunFlows
  /** How the Work at `key` goes that is tried for the nth time. No two waits of a run end at the same moment. */
  readonly work: (key: string, nth: number) => WorkTry
  /** Draws all that the world outside does. */
  readonly seed: number
  readonly outside: readonly Outside[]
}

/** How often a step may be passed in one frame of a random run. */
export const loopGuard = 40

const at = fc.integer({ min: 1, max: 3e9 })
const signals = fc.array(fc.record({ at, signal: fc.constantFrom('red', 'green') }), { maxLength: 2 })
const cancelOf = (thread: fc.Arbitrary<number | undefined>): fc.Arbitrary<Outside | undefined> =>
  sometimes(
    fc
      .record({ at, thread })
      .map(({ at, thread }): Outside => ({ at, kind: 'cancel', ...(thread !== undefined && { thread }) })),
    4
  )

const cancelRun = cancelOf(fc.constant(undefined))
const cancelSome = cancelOf(fc.option(fc.nat(4), { nil: undefined }))

/** Runs that the reference interpreter can tell as well. */
export const randomRun = runsOf({ mails: false, crowded: false, racing: false, cancel: cancelRun })

/** Runs in which what comes first decides, that the reference interpreter can tell as well. */
export const racingRun = runsOf({ mails: false, crowded: false, racing: true, cancel: cancelRun })

/** Runs that send mails too, and of which single threads are cancelled. */
export const richRun = runsOf({ mails: true, crowded: false, racing: false, cancel: cancelSome })

/** Rich runs in which much happens at the same moment, in any order. */
export const crowdedRun = runsOf({ mails: true, crowded: true, racing: false, cancel: cancelSome }).map((run) =>
  inSteps(run, 5e8)
)

/** The run with Work in steps of so many milliseconds, so that many waits end at the same moment. */
export function inSteps(run: RandomRun, step: number): RandomRun {
  return {
    ...run,
    work: (key, nth) => {
      const { takes, ...rest } = run.work(key, nth)
      return { ...rest, takes: Math.ceil(takes / step) * step }
    }
  }
}

interface RunKind extends ProgramKind {
  readonly cancel: fc.Arbitrary<Outside | undefined>
}

function runsOf({ cancel, ...kind }: RunKind): fc.Arbitrary<RandomRun> {
  return fc
    .record({
      programs: fc.array(programArbitrary(kind), { minLength: 1, maxLength: 3, size: 'max' }),
      seed: fc.nat(1_000_000),
      cancel,
      signals
    })
    .map(({ programs, seed, cancel, signals }) => {
      const fails = new Map<string, Fails>()
      const flows: Record<string, Flow> = {}
      for (const [index, one] of programs.entries())
        flows[`${index}`] = drawFlow(one, index, programs.length, kind.crowded, fails)
      const work = (key: string, nth: number): WorkTry => {
        const step = /([^/]*)#\d+$/.exec(key)?.[1] ?? ''
        const drawn = dice(`${seed} ${key} ${nth}`)
        const how = fails.get(step) ?? 'never'
        const failing = how === 'always' || (how === 'first' && nth === 1) || (how === 'some' && drawn % 3 === 0)
        return { takes: lengthOf(drawn), ...(failing && { fails: `${step}-failed` }) }
      }
      const sent = signals.map((one, n): Outside => ({ kind: 'signal', ...one, value: `from outside ${n}` }))
      const run: RandomRun = { flows, work, seed, outside: [...sent, ...(cancel ? [cancel] : [])] }
      return Object.assign(run, { [fc.toStringMethod]: () => describeRun(run) })
    })
}

/** A random run as people would write it, for the report of a failure. */
function describeRun({ flows, seed, outside }: Pick<RandomRun, 'flows' | 'seed' | 'outside'>): string {
  const lines = Object.entries(flows).map(([name, { steps, connections }]) => {
    const ways = connections.map(({ from, outcome, to }) => `${from} -[${outcome}]-> ${to}`)
    const more = steps.flatMap(({ id, type: _type, name: _name, ...rest }) => {
      const text = JSON.stringify(rest)
      return text === '{"settings":{},"inputs":{}}' ? [] : [`${id}: ${text}`]
    })
    return [`flow ${name}`, ...ways, ...more].join('\n  ')
  })
  return [`seed ${seed}`, ...outside.map(describeOutside), ...lines].join('\n')
}

const describeOutside = (one: Outside): string =>
  one.kind === 'signal'
    ? `signal ${one.signal} = ${one.value} at ${one.at}`
    : `cancel ${one.thread === undefined ? 'the run' : `thread ${one.thread}`} at ${one.at}`
