import { type Box, type Point, bottomOf } from './geometry.ts'
import type { Gate } from './drawnStep.ts'
import { measures } from './measures.ts'

const { out, in: into } = measures.line
/** The least room between handle and gate in which a line can still turn twice. */
const tight = 40

/** Where upright and level runs may lie, beside those that follow from the ends. */
export interface Lanes {
  /** Of level runs. */
  readonly y: readonly number[]
  /** Of upright runs. */
  readonly x: readonly number[]
}

/** The ways from a handle, left to the right, into a gate, that turn twice at most. Points include both ends. */
export function* simpleWays(start: Point, gate: Gate, lanes: Lanes): Iterable<readonly Point[]> {
  if (gate.side !== 'left') {
    if (gate.x - start.x >= out && reachable(start.y, gate)) yield [start, { x: gate.x, y: start.y }, gate]
    return
  }
  if (start.y === gate.y && gate.x > start.x) yield [start, gate]
  if (gate.x - start.x >= tight)
    for (const x of turns(start.x, gate.x, lanes.x)) yield [start, { x, y: start.y }, { x, y: gate.y }, gate]
}

/** The ways that go along one of the level lanes. They turn three times at least. */
export function* laneWays(start: Point, gate: Gate, lanes: Lanes): Iterable<readonly Point[]> {
  const first = start.x + out
  const last = gate.x - into
  for (const y of lanes.y)
    if (gate.side === 'left') {
      for (const a of [first, first + out, first + 2 * out])
        for (const b of [last, last - out])
          yield [start, { x: a, y: start.y }, { x: a, y }, { x: b, y }, { x: b, y: gate.y }, gate]
    } else if (reachable(y, gate))
      for (const a of [first, first + out]) yield [start, { x: a, y: start.y }, { x: a, y }, { x: gate.x, y }, gate]
}

/** Whether a level lane lies far enough before a gate at the top or bottom. */
const reachable = (y: number, gate: Gate): boolean => (gate.side === 'bottom' ? y >= gate.y + into : y <= gate.y - into)

/** Where a line that goes on to the right may turn between `from` and `to`. */
function turns(from: number, to: number, lanes: readonly number[]): number[] {
  const first = from + out
  const last = to - into
  if (last < first) return [to - from >= 2 * out ? first : Math.round((from + to) / 2)]
  const steps = [first, first + out, first + 2 * out, first + 3 * out, last, last - out, last - 2 * out]
  return [...new Set([...steps, ...lanes])].filter((x) => x >= first && x <= last)
}

/** The level lanes that follow from where a line begins and ends: between the two steps, below and above them. */
export function lanesBetween(from: Box, to: Box): number[] {
  const gaps: number[] = []
  if (bottomOf(from) < to.y) gaps.push(Math.round((bottomOf(from) + to.y) / 2))
  if (bottomOf(to) < from.y) gaps.push(Math.round((bottomOf(to) + from.y) / 2))
  const below = Math.max(bottomOf(from), bottomOf(to)) + out
  const above = Math.min(from.y, to.y) - out
  return [...gaps, ...gaps.flatMap((y) => [y - out, y + out]), below, above, below + out, above - out]
}
