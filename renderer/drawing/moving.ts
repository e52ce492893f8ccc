import type { StepId } from '../../engine/index.ts'
import type { DrawnStep } from './drawnStep.ts'
import type { Drawing } from './drawing.ts'
import type { Box, Point } from './geometry.ts'
import { Obstacles } from './obstacles.ts'
import { findRoute } from './route.ts'
import { Runs } from './runs.ts'

/**
 * Routes of the lines at steps that are being moved, by connection key or by `replyKey`. `moved` has the new top left
 * corners of those steps. Cheap enough for every frame: only these lines, and no distance kept between lines.
 */
export function routesWhileMoving(
  drawing: Drawing,
  moved: ReadonlyMap<StepId, Point>
): ReadonlyMap<string, readonly Point[]> {
  const routes = new Map<string, readonly Point[]>()
  if (moved.size === 0) return routes
  const boxes = new Map<StepId, Box>()
  for (const [id, { box }] of drawing.steps) boxes.set(id, { ...box, ...moved.get(id) })
  const obstacles = new Obstacles(boxes.values())
  const runs = new Runs()

  const route = (key: string, from: DrawnStep | undefined, start: Point | undefined, id: StepId): void => {
    const to = drawing.steps.get(id)
    const [fromBox, toBox] = [from && boxes.get(from.step.id), boxes.get(id)]
    if (!from || !start || !to || !fromBox || !toBox) return
    const gates = to.gates.map((gate) => ({ ...gate, ...shifted(gate, to.box, toBox) }))
    const journey = { start: shifted(start, from.box, fromBox), from: fromBox, gates, to: toBox, target: id }
    const found = findRoute(journey, obstacles, runs)
    if (found) routes.set(key, found.points)
  }
  for (const { key, connection } of drawing.lines.values()) {
    if (!moved.has(connection.from) && !moved.has(connection.to)) continue
    const from = drawing.steps.get(connection.from)
    route(
      key,
      from,
      from?.outcomes.find(({ name }) => name === connection.outcome),
      connection.to
    )
  }
  for (const { goAsync, endStep } of drawing.replies) {
    if (!moved.has(goAsync) && !moved.has(endStep)) continue
    const from = drawing.steps.get(goAsync)
    route(replyKey(goAsync), from, from?.reply, endStep)
  }
  return routes
}

/** The route that a line from `start`, a handle of `from`, would take to the step `to`; undefined for Start. */
export function routeOfNew(
  drawing: Drawing,
  from: DrawnStep,
  start: Point,
  to: DrawnStep
): readonly Point[] | undefined {
  const { x, y } = start
  const journey = { start: { x, y }, from: from.box, gates: to.gates, to: to.box, target: to.step.id }
  return findRoute(journey, new Obstacles([...drawing.steps.values()].map(({ box }) => box)), new Runs())?.points
}

/** Names the reply line of a Go Async step beside the keys of connections. */
export function replyKey(goAsync: StepId): string {
  return `reply of ${goAsync}`
}

const shifted = ({ x, y }: Point, from: Point, to: Point): Point => ({ x: x + to.x - from.x, y: y + to.y - from.y })
