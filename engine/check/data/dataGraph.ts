import { type DrawnBody, type StepId, isShown, onException, reach } from '../../model/index.ts'
import { catchingOutcome, openOutcomes } from '../openOutcomes.ts'
import type { Survey, SurveyedStep } from '../survey.ts'

/**
 * A moment at which it is asked what data there is: when a step begins, or when a loop looks at what comes next after
 * one of its bodies has ended.
 */
export interface Moment {
  readonly step: StepId
  readonly again: boolean
  /** A run can begin here, with nothing. */
  readonly isRoot: boolean
  /** By which ways a run comes here. */
  readonly arrivals: Arrival[]
  /** At a Join: the Parallels whose paths meet here. */
  readonly meetings: Meeting[]
  /** At a Catch Exception: the moments at which a failure can have happened. */
  readonly failures: Moment[]
}

/** Leaving the step of `from` by `outcome`. */
export interface Arrival {
  readonly from: Moment
  readonly outcome: string
  /** Which bodies of the step may have done anything meanwhile: the other paths, or all. */
  readonly amid: 'none' | 'others' | 'all'
}

export interface Meeting {
  readonly fork: Moment
  /** Whether the Join waits for all paths; else for some of them. */
  readonly all: boolean
  readonly paths: readonly MeetingPath[]
}

interface MeetingPath {
  readonly body: DrawnBody
  readonly arrivals: Arrival[]
  /** A Go Async on it lets the Join go on without it, unless the flow was started in the background. */
  readonly mayGoAsync: boolean
}

/** The moments of all steps that a run can come to. */
export interface DataGraph {
  /** Each behind those that lead to it, as far as there are no loops. */
  readonly moments: readonly Moment[]
  readonly begins: ReadonlyMap<StepId, Moment>
  /** By loop, the moment after one of its bodies. */
  readonly agains: ReadonlyMap<StepId, Moment>
}

/** How data flows from step to step: along ways, round loops, through Joins, and to what catches. */
export function dataGraph(survey: Survey): DataGraph {
  const { bodies, reached, start } = survey
  const begins = new Map<StepId, Moment>()
  const agains = new Map<StepId, Moment>()
  const catching = new Set([...survey.catches, ...survey.outcomeCatches].map(({ step }) => step.id))
  for (const id of reached) begins.set(id, newMoment(id, false, id === start || catching.has(id)))
  for (const { owner, kind, outcome } of bodies.all) {
    const from = kind === 'loop' ? begins.get(owner) : undefined
    if (!from) continue
    const again = agains.get(owner) ?? newMoment(owner, true, false)
    agains.set(owner, again)
    // A body may fail anywhere, and the loop go on all the same.
    again.arrivals.push({ from, outcome: outcome.name, amid: 'all' })
  }
  for (const fork of bodies.joins.keys()) addMeeting(survey, fork, begins)
  const parts = { survey, begins, agains }
  for (const id of reached) {
    addWays(parts, id)
    addOpen(parts, id)
  }
  for (const one of survey.catches) addFailures(parts, one)
  return { moments: inOrder(parts, catching), begins, agains }
}

interface Parts {
  readonly survey: Survey
  readonly begins: ReadonlyMap<StepId, Moment>
  readonly agains: ReadonlyMap<StepId, Moment>
}

function newMoment(step: StepId, again: boolean, isRoot: boolean): Moment {
  return { step, again, isRoot, arrivals: [], meetings: [], failures: [] }
}

/** Lets runs arrive somewhere by leaving `id`: from when it begins, or from any round of it. */
function arrive({ survey, begins, agains }: Parts, id: StepId, outcome: string, into: Arrival[] | undefined): void {
  const amid = survey.bodies.byOwner.has(id) ? amidOf(survey, id, outcome) : 'none'
  for (const from of [begins.get(id), agains.get(id)]) if (from) into?.push({ from, outcome, amid })
}

/** A failure leaves bodies half done, and another attempt finds what the one before has left. */
function amidOf({ steps }: Survey, id: StepId, outcome: string): Arrival['amid'] {
  const { step, definition } = steps.get(id) ?? {}
  if (outcome === onException || step?.retry) return 'all'
  return definition?.forks ? 'others' : 'none'
}

function addWays(parts: Parts, id: StepId): void {
  const { survey, begins, agains } = parts
  const around = survey.bodies.around.get(id) ?? []
  for (const { outcome, to } of survey.waysOf(id)) {
    if (to === survey.start) continue
    const back = around.find(({ owner }) => owner === to)
    const paths = back ? [] : around.filter(({ join }) => join === to)
    if (back) arrive(parts, id, outcome, agains.get(to)?.arrivals)
    else if (paths.length === 0) arrive(parts, id, outcome, begins.get(to)?.arrivals)
    for (const path of paths) {
      const meeting = begins
        .get(to)
        ?.meetings.flatMap((one) => one.paths)
        .find(({ body }) => body === path)
      arrive(parts, id, outcome, meeting?.arrivals)
    }
  }
}

/** An outcome that is not connected ends a body, or is caught. */
function addOpen(parts: Parts, id: StepId): void {
  const { survey, begins, agains } = parts
  const surveyed = survey.steps.get(id)
  for (const outcome of surveyed ? openOutcomes(survey, surveyed) : []) {
    for (const { owner, own } of survey.bodies.around.get(id) ?? [])
      if (own.has(id)) arrive(parts, id, outcome, agains.get(owner)?.arrivals)
    const caught = survey.bodies.inCall.has(id) ? catchingOutcome(survey, outcome) : undefined
    if (caught !== undefined) arrive(parts, id, outcome, begins.get(caught)?.arrivals)
  }
}

function addMeeting(survey: Survey, fork: StepId, begins: ReadonlyMap<StepId, Moment>): void {
  const { bodies, steps, background } = survey
  const join = bodies.joins.get(fork)
  const from = begins.get(fork)
  const at = join === undefined ? undefined : steps.get(join)
  if (!from || !at) return
  const goesAsync = (id: StepId): boolean => {
    const { step, definition } = steps.get(id) ?? {}
    return definition?.detaches === true && step?.disabled !== true && !background.steps.has(fork)
  }
  const paths = (bodies.byOwner.get(fork) ?? []).map((body): MeetingPath => {
    return { body, arrivals: [], mayGoAsync: [...body.steps].some(goesAsync) }
  })
  const need = at.definition?.joins?.(at.settings, paths.length)
  begins.get(at.step.id)?.meetings.push({ fork: from, all: !need || need.needed >= paths.length, paths })
}

/** A Catch Exception comes after any step may have failed, or those it names, but for those that only it leads to. */
function addFailures({ survey, begins, agains }: Parts, { step, definition, settings }: SurveyedStep): void {
  const roots = [survey.start ?? '', ...[...survey.catches, ...survey.outcomeCatches].map((one) => one.step.id)]
  const others = reach(
    roots.filter((id) => id !== step.id && begins.has(id)),
    survey.waysOf
  )
  const named = Object.entries(definition?.settings ?? {}).flatMap(([name, setting]) => {
    const chosen = setting.kind === 'steps' && isShown(setting.shownWhen, settings) ? settings[name] : undefined
    return Array.isArray(chosen) ? (chosen as readonly unknown[]) : []
  })
  const into = begins.get(step.id)?.failures
  for (const id of others)
    if (named.length === 0 || named.includes(id))
      for (const from of [begins.get(id), agains.get(id)]) if (from) into?.push(from)
}

function inOrder({ survey, begins, agains }: Parts, catching: ReadonlySet<StepId>): Moment[] {
  const all = [...begins.values(), ...agains.values()]
  const next = new Map<Moment, Moment[]>(all.map((one) => [one, []]))
  for (const to of all) {
    for (const { from } of to.arrivals) next.get(from)?.push(to)
    for (const { fork, paths } of to.meetings) {
      next.get(fork)?.push(to)
      for (const { arrivals } of paths) for (const { from } of arrivals) next.get(from)?.push(to)
    }
  }
  const order: Moment[] = []
  const seen = new Set<Moment>()
  // What is walked last comes first: Start with all that it leads to.
  const roots = [...[...catching].reverse(), survey.start ?? ''].map((id) => begins.get(id))
  for (const root of roots) {
    if (!root || seen.has(root)) continue
    seen.add(root)
    const path = [{ at: root, place: 0 }]
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = next.get(top.at)?.[top.place++]
      if (!to) {
        order.push(top.at)
        path.pop()
      } else if (!seen.has(to)) {
        seen.add(to)
        path.push({ at: to, place: 0 })
      }
    }
  }
  return order.reverse()
}
