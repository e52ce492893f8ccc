/*
 * How much slower an expression is than the same checks written by hand, over the flow data of a run. Both are timed in
 * turns in one process, and the middle of all rounds counts. Before that all functions and operators have been in use, so
 * that the language is timed as it is in a long run and not as the only expression there is. Prints one JSON line.
 */
import { compileExpression } from '../expression/index.ts'
import { functionTable } from '../expression/functions/functionTable.ts'
import { operatorTable } from '../expression/operatorTable.ts'
import { type Value, isRecord } from '../model/index.ts'
import { type FlowData, type FlowPlaces, readerOf } from '../run/compile/flowData.ts'

const evaluations = 100_000
const rounds = 41
const source = 'flow.a.b + 1 > flow.x and length(flow.list) > 2'

const clock = { now: (): number => Date.now() }

const datas: readonly FlowData[] = Array.from({ length: 1000 }, (_, index) => ({
  flow: [{ name: `row ${index}`, b: index % 17 }, index % 13, Array.from({ length: index % 5 }, (__, item) => item)],
  steps: [],
  own: undefined,
  clock
}))

/** Where they stand in it. */
const places: FlowPlaces = {
  indexes: new Map(),
  values: new Map(['a', 'x', 'list'].map((name, place) => [name, place]))
}

/** The same by hand: own properties only, null where something is missing or of another type. */
function byHand(data: FlowData): Value {
  const [a, x, list] = data.flow
  const b = isRecord(a) && Object.hasOwn(a, 'b') ? a.b : null
  const sum = typeof b === 'number' && Number.isFinite(b + 1) ? b + 1 : null
  if (!(typeof sum === 'number' && typeof x === 'number' && sum > x)) return false
  const length = typeof list === 'string' || Array.isArray(list) ? list.length : null
  return typeof length === 'number' && length > 2
}

const surroundings = {
  readerOf: (path: readonly string[]) => readerOf(path, places),
  clockOf: (data: FlowData) => () => data.clock.now()
}
const compiled = compileExpression(source, surroundings)
const ours = (data: FlowData): Value => compiled(data, undefined)

function time(evaluate: (data: FlowData) => Value): number {
  const began = performance.now()
  let count = 0
  for (let index = 0; index < evaluations; index++) {
    const data = datas[index % datas.length]
    if (data && evaluate(data) === true) count++
  }
  const took = performance.now() - began
  if (count === 0 || count === evaluations) throw new Error('The data does not tell true from false.')
  return took
}

function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

if (datas.some((data) => byHand(data) !== ours(data))) throw new Error('The two do not agree.')
const examples = [...functionTable.values(), ...operatorTable].map(({ example }) =>
  compileExpression(example, surroundings)
)
for (let round = 0; round < 2000; round++)
  for (const evaluate of examples)
    evaluate(datas[round % datas.length] ?? { flow: [], steps: [], own: undefined, clock }, undefined)
for (let round = 0; round < 10; round++) if (time(byHand) < 0 || time(ours) < 0) break
const hand: number[] = []
const language: number[] = []
for (let round = 0; round < rounds; round++) {
  hand.push(time(byHand))
  language.push(time(ours))
}
const [handMs, ms] = [middle(hand), middle(language)]
console.log(
  JSON.stringify({ engine: 'tailrace', workload: 'expression', n: evaluations, ms, handMs, ratio: ms / handMs })
)
