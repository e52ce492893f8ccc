import { type Connection, noData, onException } from './connection.ts'
import type { StepDefinition } from '../step/definition.ts'
import { joinAfter } from './joinAfter.ts'
import { reach } from './reach.ts'
import type { Outcome } from './shape.ts'
import type { StepId } from '../step/step.ts'

/** The steps behind one outcome of a loop or a Parallel: they run in a frame or on a thread of their own. */
export interface DrawnBody {
  readonly kind: 'loop' | 'path'
  readonly owner: StepId
  readonly outcome: Outcome
  readonly head: StepId
  /** A path: where it meets the others. */
  readonly join: StepId | undefined
  /** All steps in it, those in bodies inside it too. */
  readonly steps: ReadonlySet<StepId>
  /** The steps that run in its own frame, and not in that of a body inside it. */
  readonly own: ReadonlySet<StepId>
}

/** Where the frames and threads of a flow come from. */
export interface Bodies {
  readonly all: readonly DrawnBody[]
  readonly byOwner: ReadonlyMap<StepId, readonly DrawnBody[]>
  /** By step, the bodies it is in. */
  readonly around: ReadonlyMap<StepId, readonly DrawnBody[]>
  /** By Parallel, the Join at which its paths meet. */
  readonly joins: ReadonlyMap<StepId, StepId>
  /** The steps that run in the frame of the flow call itself. */
  readonly inCall: ReadonlySet<StepId>
}

/** What is asked of each step. */
export interface BodySteps {
  readonly ids: Iterable<StepId>
  definitionOf(step: StepId): StepDefinition | undefined
  outcomesOf(step: StepId): ReadonlyMap<string, Outcome> | undefined
  waysOf(step: StepId): readonly Connection[]
  /** Where runs of the flow call begin. */
  readonly roots: readonly StepId[]
  isDisabled(step: StepId): boolean
}

/** Finds the bodies of a flow. */
export function findBodies(steps: BodySteps): Bodies {
  const owners = [...steps.ids].filter((id) => !steps.isDisabled(id) && isOwner(steps, id))
  const joins = joinsOf(steps, owners)
  const frames = frameWays(steps, owners, joins)
  const all = owners.flatMap((owner) => bodiesOf(steps, owner, joins.get(owner), frames))
  const byOwner = new Map<StepId, DrawnBody[]>()
  const around = new Map<StepId, DrawnBody[]>()
  for (const body of all) {
    add(byOwner, body.owner, body)
    for (const id of body.steps) add(around, id, body)
  }
  return { all, byOwner, around, joins, inCall: reach(steps.roots, frames) }
}

function isOwner(steps: BodySteps, id: StepId): boolean {
  if (steps.definitionOf(id)?.forks) return true
  for (const { locals } of steps.outcomesOf(id)?.values() ?? []) if (locals) return true
  return false
}

function joinsOf(steps: BodySteps, owners: readonly StepId[]): Map<StepId, StepId> {
  const joins = new Map<StepId, StepId>()
  const graph = {
    waysOf: (id: StepId) => steps.waysOf(id),
    isJoin: (id: StepId) => steps.definitionOf(id)?.role === 'join',
    forks: (id: StepId) => steps.definitionOf(id)?.forks === true
  }
  for (const owner of owners) {
    const join = steps.definitionOf(owner)?.forks ? joinAfter(owner, graph) : undefined
    if (join !== undefined) joins.set(owner, join)
  }
  return joins
}

/** The ways on which a thread stays in its frame: round bodies, and from a Parallel straight to its Join. */
function frameWays(
  steps: BodySteps,
  owners: readonly StepId[],
  joins: ReadonlyMap<StepId, StepId>
): (step: StepId) => readonly Connection[] {
  const ways = new Map<StepId, readonly Connection[]>()
  for (const owner of owners) {
    const outcomes = steps.outcomesOf(owner)
    const forks = steps.definitionOf(owner)?.forks === true
    const join = joins.get(owner)
    const kept = steps.waysOf(owner).filter(({ outcome }) => {
      const known = outcomes?.get(outcome)
      return known && !isBody(known, forks)
    })
    ways.set(owner, join === undefined ? kept : [...kept, { from: owner, outcome: '', to: join }])
  }
  return (step) => ways.get(step) ?? steps.waysOf(step)
}

function bodiesOf(
  steps: BodySteps,
  owner: StepId,
  join: StepId | undefined,
  frames: (step: StepId) => readonly Connection[]
): DrawnBody[] {
  const forks = steps.definitionOf(owner)?.forks === true
  const stops = new Set(join === undefined ? [owner] : [owner, join])
  return [...(steps.outcomesOf(owner)?.values() ?? [])].flatMap((outcome): DrawnBody[] => {
    if (!isBody(outcome, forks)) return []
    const head = steps.waysOf(owner).find((way) => way.outcome === outcome.name)?.to
    if (head === undefined) return []
    const inside = reach([head], (id) => steps.waysOf(id), stops)
    const own = reach([head], frames, stops)
    return [{ kind: outcome.locals ? 'loop' : 'path', owner, outcome, head, join, steps: inside, own }]
  })
}

/** Whether an outcome leads to a body: one with values of its own, or a path of a Parallel. */
export function isBody({ name, locals }: Outcome, forks: boolean): boolean {
  return locals !== undefined || (forks && name !== onException && name !== noData)
}

function add(map: Map<StepId, DrawnBody[]>, id: StepId, body: DrawnBody): void {
  const known = map.get(id)
  if (known) known.push(body)
  else map.set(id, [body])
}
