import { type Bits, type DataBits, type DataSource, hasBit, numberData } from './dataBits.ts'
import { type Arrival, type Meeting, type Moment, dataGraph } from './dataGraph.ts'
import type { StepId } from '../../model/index.ts'
import type { Survey } from '../survey.ts'

/** Whether a value is there: on every path to a place, on some of them, or on none. */
export type Availability = 'always' | 'some' | 'never'

/** Answers for a place in the flow, and a value. What a step gave the last time it was passed counts. */
export interface Availabilities {
  /** When the step `at` begins; a loop that looks at its inputs in each round also counts the rounds. */
  of(at: StepId, source: DataSource): Availability
  /** When a body of the loop `at` has ended. */
  afterBody(at: StepId, source: DataSource): Availability
}

/** What is there at a moment for certain, and what may be. */
interface Known {
  readonly always: Bits
  readonly some: Bits
}

/**
 * For each step that a run can come to, which data has a value when it begins. A thousand steps take milliseconds; with
 * `isRead`, only the step outputs that it asks for can be asked about, and it takes less.
 */
export function availabilityIn(
  survey: Survey,
  isRead: (step: StepId, output: string) => boolean = () => true
): Availabilities {
  const bits = numberData(survey, isRead)
  const graph = dataGraph(survey)
  const known = solve(survey, bits, graph.moments)
  const look = (moment: Moment | undefined, source: DataSource): Availability => {
    const bit = bits.bitOf(source)
    if (bit === undefined) return source.kind === 'variable' ? 'always' : 'never'
    const found = moment && known.get(moment)
    if (!found) return 'never'
    return hasBit(found.always, bit) ? 'always' : hasBit(found.some, bit) ? 'some' : 'never'
  }
  return {
    of: (at, source) => {
      const first = look(graph.begins.get(at), source)
      const again = graph.agains.get(at)
      if (!again || !survey.steps.get(at)?.definition?.freshInputs) return first
      return look(again, source) === first ? first : 'some'
    },
    afterBody: (at, source) => look(graph.agains.get(at), source)
  }
}

/** Goes through the moments again and again until nothing changes any more: twice, but for loops in loops. */
function solve(survey: Survey, bits: DataBits, moments: readonly Moment[]): ReadonlyMap<Moment, Known> {
  const known = new Map<Moment, Known>()
  const feedsBack = backFeeders(moments)
  const solving: Solving = { known, bits, amid: bodyBits(survey, bits), arrived: newKnown(bits), path: newKnown(bits) }
  const next = newKnown(bits)
  for (let again = true; again;) {
    again = false
    for (const moment of moments) {
      if (!gather(moment, next, solving)) continue
      const before = known.get(moment)
      if (before && sameBits(before.always, next.always) && sameBits(before.some, next.some)) continue
      if (before) copy(before, next)
      else known.set(moment, { always: next.always.slice(), some: next.some.slice() })
      again ||= feedsBack.has(moment)
    }
  }
  return known
}

/** The moments that lead to one which comes before them: when they change, everything has to be gone through again. */
function backFeeders(moments: readonly Moment[]): ReadonlySet<Moment> {
  const passed = new Set<Moment>()
  const feeders = new Set<Moment>()
  const look = (from: Moment): void => {
    if (!passed.has(from)) feeders.add(from)
  }
  for (const to of moments) {
    for (const { from } of to.arrivals) look(from)
    for (const { paths } of to.meetings) for (const { arrivals } of paths) for (const { from } of arrivals) look(from)
    for (const failure of to.failures) look(failure)
    passed.add(to)
  }
  return feeders
}

/**
 * All that the bodies of a step might give or take; with `outcome`, all but the one behind it. Where a Join goes on while
 * paths are still under way, anything may have happened to these.
 */
function bodyBits(survey: Survey, bits: DataBits): BodyBits {
  const { bodies, reached } = survey
  const known = new Map<string, Amid>()
  return (owner, outcome = '') => {
    const key = `${outcome}:${owner}`
    const found = known.get(key)
    if (found) return found
    const amid: Amid = { given: new Uint32Array(bits.words), taken: new Uint32Array(bits.words) }
    const add = (steps: Iterable<StepId>): void => {
      for (const id of steps) {
        bits.addGiven(amid.given, id)
        bits.addTaken(amid.taken, id)
      }
    }
    for (const body of bodies.byOwner.get(owner) ?? []) if (body.outcome.name !== outcome) add(body.steps)
    const join = bodies.joins.get(owner)
    if (join !== undefined && leavesPaths(survey, owner, join)) add(reached)
    bits.leaveBodies(amid.given, owner)
    known.set(key, amid)
    return amid
  }
}

/** Whether the Join goes on before all paths have come, and lets the others go on too. */
function leavesPaths({ steps, bodies }: Survey, fork: StepId, join: StepId): boolean {
  const { definition, settings = {} } = steps.get(join) ?? {}
  const paths = bodies.byOwner.get(fork)?.length ?? 0
  const need = definition?.joins?.(settings, paths)
  return need !== undefined && need.needed < paths && !need.cancelRest
}

type BodyBits = (owner: StepId, outcome?: string) => Amid

/** What steps that may have run meanwhile might have given a value, and what they might have set to nothing. */
interface Amid {
  readonly given: Bits
  readonly taken: Bits
}

interface Solving {
  readonly known: ReadonlyMap<Moment, Known>
  readonly bits: DataBits
  readonly amid: BodyBits
  /** Room to work in: what arrives by one way, and by one path of a Parallel. */
  readonly arrived: Known
  readonly path: Known
}

/** Writes into `next` what is there at a moment, by all ways to it. Answers false while nothing is known of any. */
function gather(moment: Moment, next: Known, solving: Solving): boolean {
  const { bits, amid, known } = solving
  let count = 0
  for (const arrival of moment.arrivals) {
    if (!leave(arrival, count === 0 ? next : solving.arrived, solving)) continue
    if (count++ > 0) meet(next, solving.arrived)
  }
  for (const meeting of moment.meetings) {
    if (!gatherMeeting(meeting, solving.path, solving)) continue
    if (count++ > 0) meet(next, solving.path)
    else copy(next, solving.path)
  }
  for (const failure of moment.failures) {
    const found = known.get(failure)
    if (!found) continue
    if (count++ > 0) meet(next, found)
    else copy(next, found)
    if (failure.again) unsettle(next, amid(failure.step))
  }
  if (count === 0) {
    next.always.set(bits.initial)
    next.some.set(bits.initial)
    return moment.isRoot
  }
  if (moment.failures.length > 0) {
    bits.leaveAllBodies(next.always)
    bits.leaveAllBodies(next.some)
  }
  if (moment.again) {
    unsettle(next, amid(moment.step))
    bits.leaveBodies(next.always, moment.step)
    bits.leaveBodies(next.some, moment.step)
  }
  return true
}

/** Writes into `next` what is there after leaving a step. Answers false while nothing is known of when it begins. */
function leave({ from, outcome, amid }: Arrival, next: Known, { known, bits, amid: bodiesOf }: Solving): boolean {
  const before = known.get(from)
  if (!before) return false
  bits.leave(next.always, before.always, from.step, outcome)
  bits.leave(next.some, before.some, from.step, outcome)
  if (amid !== 'none') unsettle(next, bodiesOf(from.step, amid === 'all' ? undefined : outcome))
  return true
}

/** Writes into `met` what is there once the paths of a Parallel have met: all that each gives, or what all of them do. */
function gatherMeeting({ fork, all, paths }: Meeting, met: Known, solving: Solving): boolean {
  const before = solving.known.get(fork)
  let count = 0
  for (const { arrivals, mayGoAsync } of paths) {
    let path: Known | undefined
    for (const arrival of arrivals) {
      if (!leave(arrival, solving.arrived, solving)) continue
      if (path) meet(path, solving.arrived)
      else path = { always: solving.arrived.always.slice(), some: solving.arrived.some.slice() }
    }
    if (!path) continue
    if (mayGoAsync && before) intersect(path.always, before.always)
    if (count++ === 0) copy(met, path)
    else {
      if (all) unite(met.always, path.always)
      else intersect(met.always, path.always)
      unite(met.some, path.some)
    }
  }
  if (count > 0 && before) unsettle(met, solving.amid(fork.step))
  return count > 0
}

function newKnown({ words }: DataBits): Known {
  return { always: new Uint32Array(words), some: new Uint32Array(words) }
}

function meet(into: Known, other: Known): void {
  intersect(into.always, other.always)
  unite(into.some, other.some)
}

function unsettle(known: Known, { given, taken }: Amid): void {
  unite(known.some, given)
  for (let word = 0; word < taken.length; word++) known.always[word] = (known.always[word] ?? 0) & ~(taken[word] ?? 0)
}

function copy(into: Known, other: Known): void {
  into.always.set(other.always)
  into.some.set(other.some)
}

function intersect(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) & (other[word] ?? 0)
}

function unite(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) | (other[word] ?? 0)
}

function sameBits(one: Bits, other: Bits): boolean {
  for (let word = 0; word < one.length; word++) if (one[word] !== other[word]) return false
  return true
}
