import { expect, it } from 'vitest'
import { readFlow, writeFlow } from '../file/index.ts'
import { builtInSteps } from '../steps/index.ts'
import { searchWork } from '../testing/searchWork.ts'
import { checkFlow } from './index.ts'

type Fields = Readonly<Record<string, unknown>>

const start = { id: 'start', type: 'start', name: 'Start' }
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `s${String(i)}`)
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

const file = (flow: Fields): string =>
  JSON.stringify({ format: 'tailrace-flow', version: 1, flow: { id: 'a', name: 'A', ...flow }, layout: {} })

/** The file of a flow of `count` steps in a row, which differ in what `more` says. */
function row(count: number, more: Fields, connections?: readonly Fields[]): string {
  const ids = idsOf(count)
  const steps = ids.map((id) => ({
    id,
    type: 'log',
    name: id,
    inputs: { Message: { kind: 'constant', value: 'x' } },
    ...more
  }))
  const chain = ids.map((to, i) => ({ from: ids[i - 1] ?? 'start', outcome: 'Done', to }))
  return file({ steps: [start, ...steps], connections: connections ?? chain })
}

const logging = (mapping: Fields): string => row(1, { inputs: { Message: mapping } })
const named = (count: number): Fields[] => many(count, () => ({ name: 'same', type: 'Text' }))

it.each<[string, (count: number) => string]>([
  ['steps in a row', (count) => row(count, {})],
  ['steps without a connection', (count) => row(count, {}, [])],
  ['steps of a kind that nobody knows', (count) => row(count, { type: 'nothing' })],
  ['steps with the same name', (count) => row(count, { name: 'same' })],
  ['steps with the same id', (count) => row(count, { id: 'same' }, [])],
  [
    'connections from one outcome',
    (count) =>
      row(
        count,
        {},
        idsOf(count).map((to) => ({ from: 'start', outcome: 'Done', to }))
      )
  ],
  [
    'connections to one step',
    (count) =>
      row(
        count,
        {},
        idsOf(count).map((from) => ({ from, outcome: 'Done', to: 's0' }))
      )
  ],
  [
    'connections that are the same',
    (count) =>
      row(
        1,
        {},
        many(count, () => ({ from: 'start', outcome: 'Done', to: 's0' }))
      )
  ],
  [
    'connections between no steps',
    (count) =>
      row(
        1,
        {},
        many(count, (i) => ({ from: `q${String(i)}`, outcome: 'Done', to: `r${String(i)}` }))
      )
  ],
  ['values of the same name', (count) => row(1, { type: 'create-data', settings: { Values: named(count) } })],
  [
    'inputs, outputs and variables of the same name',
    (count) =>
      file({ inputs: named(count), outputs: named(count), variables: named(count), steps: [start], connections: [] })
  ],
  [
    'inputs that no step has',
    (count) => row(1, { inputs: Object.fromEntries(many(count, (i) => [`x${String(i)}`, { kind: 'null' }])) })
  ],
  [
    'steps that read what no step gives',
    (count) => row(count, { inputs: { Message: { kind: 'merge', template: '{{flow.V}} {{steps.s7.Text}}' } } })
  ],
  ['braces', (count) => logging({ kind: 'merge', template: '{{'.repeat(count) })],
  ['fields of a text', (count) => logging({ kind: 'merge', template: '{{flow.x}}'.repeat(count) })],
  ['words in a field that is open', (count) => logging({ kind: 'merge', template: `{{${'a '.repeat(count)}` })],
  [
    'items of a list',
    (count) => logging({ kind: 'list', items: many(count, () => ({ kind: 'select', path: 'flow.x' })) })
  ],
  [
    'fields of a record',
    (count) =>
      logging({
        kind: 'record',
        fields: Object.fromEntries(
          many(count, (i) => [`f${String(i)}`, { kind: 'expression', source: `flow.q${String(i)}` }])
        )
      })
  ],
  [
    'operations of an expression',
    (count) => logging({ kind: 'expression', source: many(count, (i) => `a${String(i)}`).join(' + ') })
  ]
])('ten times as many %s take ten times the work to read, check and write', (_, make) => {
  const [some = 0, more = 0] = [100, 1_000].map((count) =>
    searchWork(() => {
      const read = readFlow(make(count))
      if (read.kind !== 'ok') throw new Error(read.message)
      checkFlow(read.document, builtInSteps, { flowAt: () => undefined })
      writeFlow(read.document)
    })
  )
  expect(some).toBeGreaterThan(0)
  expect(more).toBeLessThan(12 * some)
})

it.each([
  ['lists', '['],
  ['objects', '{"a":']
])('20,000 %s inside each other are refused with a sentence', (_, open) => {
  const text = open.repeat(20_000) + (open === '[' ? ']'.repeat(20_000) : `1${'}'.repeat(20_000)}`)
  const inside = file({ more: 'HERE' }).replace('"HERE"', text)
  for (const one of [text, inside, open.repeat(20_000)]) {
    const read = readFlow(one)
    expect(read.kind).toBe('broken')
  }
})

it('an expression of 20,000 brackets is told to be too deep', () => {
  const read = readFlow(logging({ kind: 'expression', source: `${'('.repeat(20_000)}1${')'.repeat(20_000)}` }))
  if (read.kind !== 'ok') throw new Error(read.message)
  const problems = checkFlow(read.document, builtInSteps, { flowAt: () => undefined })
  expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
})
