import type { Gate } from './drawnStep.ts'
import { type Box, type Point, between, bottomOf, grow, rightOf } from './geometry.ts'
import { measures } from './measures.ts'
import type { Obstacles } from './obstacles.ts'
import { type Runs, pairs } from './runs.ts'
import { type Lanes, laneWays, lanesBetween, simpleWays } from './ways.ts'

/** One line to find: from a handle of the step in `from` to one of the gates of the step in `to`. */
export interface Journey {
  readonly start: Point
  readonly from: Box
  readonly gates: readonly Gate[]
  readonly to: Box
  /** The same for lines that may join: the step they lead to. */
  readonly target: string
}

/** An orthogonal way: level and upright runs in turn, from the middle of the handle to the middle of the gate. */
export interface Route {
  readonly points: readonly Point[]
  readonly gate: Gate
}

/** What a way costs beside its length in pixels. */
const cost = { turn: 60, beside: 90, through: 100_000 }

/** Lines keep this far from the edges of steps they pass. */
const clearance = 8

/** How many steps in the way may offer lanes round them. */
const detours = 12

/** The cheapest way: short, with few turns, not through steps, not on top of other lines. The first of equals wins. */
export function findRoute(journey: Journey, obstacles: Obstacles, runs: Runs): Route | undefined {
  const lanes = { x: [], y: lanesBetween(journey.from, journey.to) }
  const direct = cheapest(journey, lanes, obstacles, runs)
  if (!direct || direct.total < cost.through) return direct
  const round = cheapest(journey, lanesRound(journey, lanes, obstacles), obstacles, runs)
  return round && round.total < direct.total ? round : direct
}

interface Priced extends Route {
  readonly total: number
}

function cheapest(journey: Journey, lanes: Lanes, obstacles: Obstacles, runs: Runs): Priced | undefined {
  const { start, gates } = journey
  const simple = choose(journey, (gate) => simpleWays(start, gate, lanes), undefined, obstacles, runs)
  const least = Math.min(...gates.map((gate) => lengthOf([start, gate]))) + 3 * cost.turn
  if (simple && simple.total <= least) return simple
  return choose(journey, (gate) => laneWays(start, gate, lanes), simple, obstacles, runs)
}

function choose(
  journey: Journey,
  waysTo: (gate: Gate) => Iterable<readonly Point[]>,
  known: Priced | undefined,
  obstacles: Obstacles,
  runs: Runs
): Priced | undefined {
  const ways = journey.gates.flatMap((gate) =>
    [...waysTo(gate)].flatMap((way) => {
      const points = withoutStops(way)
      return points ? [{ points, gate, price: lengthOf(points) + cost.turn * (points.length - 2) }] : []
    })
  )
  ways.sort((a, b) => a.price - b.price)
  let best = known
  for (const { points, gate, price } of ways) {
    if (best && price >= best.total) break
    const total = price + troubles(points, journey, obstacles, runs)
    if (!best || total < best.total) best = { points, gate, total }
  }
  return best
}

function troubles(points: readonly Point[], journey: Journey, obstacles: Obstacles, runs: Runs): number {
  let sum = 0
  for (const [a, b] of pairs(points)) {
    // The first run touches the step it leaves, the last one the step it enters.
    const except = [...(a === points[0] ? [journey.from] : []), ...(b === points.at(-1) ? [journey.to] : [])]
    sum += cost.through * obstacles.hits(a, b, clearance, ...except)
    sum += cost.beside * runs.beside(a, b, journey.target)
  }
  return sum
}

/** Lanes past the steps that stand between the two ends. */
function lanesRound({ start, from, to, gates }: Journey, lanes: Lanes, obstacles: Obstacles): Lanes {
  const end = gates[0] ?? start
  const { out } = measures.line
  const blockers = obstacles
    .in(grow(between(start, end), 4 * out))
    .filter((box) => box !== from && box !== to)
    .sort((a, b) => distance(a, start) - distance(b, start))
    .slice(0, detours)
  return {
    x: blockers.flatMap((box) => [box.x - out, rightOf(box) + out]),
    y: [...lanes.y, ...blockers.flatMap((box) => [bottomOf(box) + out, box.y - out])]
  }
}

const distance = (box: Box, { x, y }: Point): number =>
  Math.abs(box.x + box.w / 2 - x) + Math.abs(box.y + box.h / 2 - y)

function lengthOf(points: readonly Point[]): number {
  let length = 0
  for (const [a, b] of pairs(points)) length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
  return length
}

/** The way without points that are no turns; undefined when it goes back on itself. */
function withoutStops(points: readonly Point[]): Point[] | undefined {
  const kept: Point[] = []
  for (const { x, y } of points) {
    const last = kept.at(-1)
    const before = kept.at(-2)
    if (last?.x === x && last.y === y) continue
    if (last && before && (before.x === last.x) === (last.x === x)) {
      if ((last.x - before.x) * (x - last.x) + (last.y - before.y) * (y - last.y) < 0) return undefined
      kept.pop()
    }
    kept.push({ x, y })
  }
  return kept
}
