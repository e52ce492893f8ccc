import {
  type Connection,
  type Flow,
  type FlowDocument,
  type StepDefinition,
  type StepId,
  type StepSurroundings,
  backgroundPart,
  callerOutcomeOf,
  connectionKey
} from '../../engine/index.ts'
import { type Bank, drawBank } from './bank.ts'
import { type DrawnStep, drawStep } from './drawnStep.ts'
import { type Box, type Point, between, boundsOf } from './geometry.ts'
import { Obstacles } from './obstacles.ts'
import { placesOf } from './places.ts'
import { findRoute } from './route.ts'
import { pairs, Runs } from './runs.ts'

/** A connection as a line: its route runs from the middle of the handle to the middle of the gate. */
export interface DrawnLine {
  /** As `connectionKey` names it. */
  readonly key: string
  readonly connection: Connection
  readonly points: readonly Point[]
  readonly background: boolean
}

/** The line from the reply handle of a Go Async step to the End Step that its caller gets. */
export interface DrawnReply {
  readonly goAsync: StepId
  readonly endStep: StepId
  readonly points: readonly Point[]
}

/** Everything of a flow that has a place: the same for the canvas, the thumbnail and the map. */
export interface Drawing {
  /** In the order of the flow. */
  readonly steps: ReadonlyMap<StepId, DrawnStep>
  /** By key. A connection whose step or outcome is missing has no line. */
  readonly lines: ReadonlyMap<string, DrawnLine>
  readonly replies: readonly DrawnReply[]
  /** The shape of the background part; undefined when there is none. */
  readonly bank: Bank | undefined
  /** What holds all of it; a box without size when there is nothing. */
  readonly bounds: Box
}

/** The drawing of a flow. The same flow always gives the same drawing. */
export function drawFlow(
  { flow, layout }: FlowDocument,
  definitions: readonly StepDefinition[],
  surroundings: StepSurroundings
): Drawing {
  const part = backgroundPart(flow, definitions)
  const kinds = new Map(definitions.map((definition) => [definition.type, definition]))
  const leaving = leavingOf(flow)
  const places = placesOf(flow.steps, layout)
  const steps = new Map(
    flow.steps.map((step): [StepId, DrawnStep] => {
      const place = {
        at: places.get(step.id) ?? { x: 0, y: 0 },
        definition: kinds.get(step.type),
        leaving: leaving.get(step.id) ?? [],
        background: part.steps.has(step.id),
        inBackground: (outcome: string) => part.connections.has(connectionKey({ from: step.id, outcome }))
      }
      return [step.id, drawStep(step, place, surroundings)]
    })
  )

  const route = routing(steps)
  const replies = [...steps.values()].flatMap((drawn): DrawnReply[] => {
    const end = drawn.reply && callerOutcomeOf(flow, drawn.step, definitions)
    const points = end && route(drawn.reply, drawn, end.id, `reply:${end.id}`)
    return points ? [{ goAsync: drawn.step.id, endStep: end.id, points }] : []
  })
  const lines = new Map(
    flow.connections.flatMap((connection): [string, DrawnLine][] => {
      const from = steps.get(connection.from)
      const outcome = from?.outcomes.find(({ name }) => name === connection.outcome)
      const points = from && route(outcome, from, connection.to, connection.to)
      const key = connectionKey(connection)
      return points ? [[key, { key, connection, points, background: part.connections.has(key) }]] : []
    })
  )

  const bank = bankOf(steps, lines)
  const boxes = [...steps.values()].map(({ box }) => box)
  const runs = [...lines.values(), ...replies].flatMap(({ points }) =>
    [...pairs(points)].map(([a, b]) => between(a, b))
  )
  const corners = bank?.outlines.flat().map((point) => ({ ...point, w: 0, h: 0 })) ?? []
  const bounds = boundsOf([...boxes, ...runs, ...corners]) ?? { x: 0, y: 0, w: 0, h: 0 }
  return { steps, lines, replies, bank, bounds }
}

function leavingOf(flow: Flow): ReadonlyMap<StepId, readonly Connection[]> {
  const leaving = new Map<StepId, Connection[]>()
  for (const connection of flow.connections) {
    const known = leaving.get(connection.from)
    if (known) known.push(connection)
    else leaving.set(connection.from, [connection])
  }
  return leaving
}

type Routing = (start: Point | undefined, from: DrawnStep, to: StepId, target: string) => readonly Point[] | undefined

/** Finds the route of one line after the other, each at a distance from those before it. */
function routing(steps: ReadonlyMap<StepId, DrawnStep>): Routing {
  const obstacles = new Obstacles([...steps.values()].map(({ box }) => box))
  const runs = new Runs()
  return (start, from, id, target) => {
    const to = steps.get(id)
    if (!start || !to) return undefined
    const { x, y } = start
    const journey = { start: { x, y }, from: from.box, gates: to.gates, to: to.box, target }
    const points = findRoute(journey, obstacles, runs)?.points
    if (points) runs.add(points, target)
    return points
  }
}

function bankOf(steps: ReadonlyMap<StepId, DrawnStep>, lines: ReadonlyMap<string, DrawnLine>): Bank | undefined {
  const all = [...steps.values()]
  const inside = [...lines.values()].filter(({ background }) => background)
  return drawBank(
    all.filter(({ background }) => background).map(({ box }) => box),
    // The line out of a Go Async step that stands outside crosses the bank: its first two runs do not shape it.
    inside.map(({ connection, points }) => (steps.get(connection.from)?.background ? points : points.slice(2))),
    all.filter(({ background }) => !background).map(({ box }) => box)
  )
}
