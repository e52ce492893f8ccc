import { describe, expect, test } from 'vitest'
import { type Connection, type FlowDocument, type StepDefinition, builtInSteps } from '../../engine/index.ts'
import { type Drawing, drawFlow } from './drawing.ts'
import { arrowAt, linePath } from './line.ts'

const step = (id: string, type: string, name: string) => ({ id, type, name, settings: {}, inputs: {} })
const way = (from: string, outcome: string, to: string): Connection => ({ from, outcome, to })

/** The finished sample at the places of the design's second picture. */
const sample: FlowDocument = {
  flow: {
    id: 'sample',
    name: 'Send EmailList Flow',
    inputs: [],
    outputs: [],
    steps: [
      step('start', 'start', 'Start'),
      step('list', 'email-address-list', 'Email Address List'),
      step('async', 'go-async', 'Go Async 1'),
      step('send', 'send-email', 'Send Email 1'),
      step('end', 'end', 'End Step')
    ],
    connections: [
      way('start', 'Done', 'list'),
      way('list', 'Done', 'async'),
      way('async', 'Done', 'send'),
      way('send', 'Done', 'end')
    ]
  },
  layout: {
    start: { x: 40, y: 134 },
    list: { x: 172, y: 134 },
    async: { x: 428, y: 134 },
    send: { x: 452, y: 330 },
    end: { x: 708, y: 134 }
  }
}

const plain = (type: string, outcomes: readonly string[]): StepDefinition => ({
  type,
  title: type,
  summary: type,
  category: 'Mail',
  icon: 'mail',
  inputs: {},
  settings: {},
  outcomes: Object.fromEntries(outcomes.map((name) => [name, { outputs: {} }])),
  canFail: true,
  run: () => ({ kind: 'exit', outcome: 'Done', outputs: {} })
})

const flowSteps = builtInSteps.filter(({ category }) => category === 'Flow Management')
const definitions = [
  ...flowSteps,
  plain('email-address-list', ['Done', 'Empty']),
  plain('send-email', ['Done', 'Some Failed'])
]

const draw = (document: FlowDocument): Drawing =>
  drawFlow(document, definitions, { flow: document.flow, flowAt: () => undefined })

const line = (drawing: Drawing, key: string): string => linePath(drawing.lines.get(key)?.points ?? [])

describe('the sample', () => {
  const drawing = draw(sample)

  test('has the boxes of the picture', () => {
    expect([...drawing.steps.values()].map(({ box }) => [box.x, box.y, box.w, box.h])).toEqual([
      [40, 134, 88, 48],
      [172, 134, 208, 128],
      [428, 134, 208, 80],
      [452, 330, 208, 128],
      [708, 134, 136, 48]
    ])
  })

  test('has the lines of the picture', () => {
    expect(line(drawing, 'start:Done')).toBe('M128 158L168 158')
    expect(line(drawing, 'list:Done')).toBe('M380 194L394 194Q404 194 404 184L404 168Q404 158 414 158L424 158')
    expect(line(drawing, 'async:Done')).toBe(
      'M636 194L650 194Q660 194 660 204L660 262Q660 272 650 272L434 272Q424 272 424 282L424 344Q424 354 434 354L448 354'
    )
    expect(line(drawing, 'send:Done')).toBe('M660 390L766 390Q776 390 776 380L776 186')
    expect(drawing.replies.map(({ points }) => linePath(points))).toEqual(['M636 158L704 158'])
  })

  test('enters the End Step from below, the arrow pointing up', () => {
    expect(arrowAt(drawing.lines.get('send:Done')?.points ?? [])).toEqual({ x: 776, y: 185, turn: -90 })
  })

  test('has the bank of the picture', () => {
    expect(drawing.bank?.path).toBe(
      'M400 268Q400 248 420 248L660 248Q680 248 680 228L680 124Q680 104 700 104L852 104Q872 104 872 124L872 492Q872 512 852 512L420 512Q400 512 400 492Z'
    )
    expect(drawing.bank?.captions).toEqual([{ x: 424, y: 474 }])
  })

  test('is held by its bounds', () => {
    expect(drawing.bounds).toEqual({ x: 40, y: 104, w: 832, h: 408 })
  })

  test('marks what is in the background', () => {
    expect([...drawing.steps.values()].filter(({ background }) => background).map(({ step }) => step.id)).toEqual([
      'send',
      'end'
    ])
    expect(drawing.steps.get('async')?.outcomes).toEqual([
      { name: 'Done', x: 636, y: 194, connected: true, exception: false, background: true }
    ])
  })
})

test('an unknown step keeps its connected outcomes', () => {
  const { flow, layout } = sample
  const steps = flow.steps.map((step) => (step.id === 'send' ? { ...step, type: 'send-fax' } : step))
  const drawn = draw({ flow: { ...flow, steps }, layout }).steps.get('send')
  expect(drawn?.kind).toBe('unknown')
  expect(drawn?.outcomes.map(({ name }) => name)).toEqual(['Done'])
})

test('a step without a place stands below the others', () => {
  const { send: _, ...layout } = sample.layout
  const drawn = draw({ ...sample, layout }).steps.get('send')
  expect(drawn?.box.y).toBeGreaterThan(262)
})

test('a connection to a step that is gone has no line', () => {
  const steps = sample.flow.steps.filter(({ id }) => id !== 'send')
  expect([...draw({ ...sample, flow: { ...sample.flow, steps } }).lines.keys()]).toEqual(['start:Done', 'list:Done'])
})

test('an empty flow has a drawing without size', () => {
  const flow = { ...sample.flow, steps: [], connections: [] }
  expect(draw({ flow, layout: {} }).bounds).toEqual({ x: 0, y: 0, w: 0, h: 0 })
})

test('a flow of 1,000 steps is drawn quickly and the same each time', () => {
  const big = bigFlow(1000)
  const first = draw(big)
  const before = performance.now()
  const second = draw(big)
  const ms = performance.now() - before
  expect([...second.lines.values()]).toEqual([...first.lines.values()])
  expect(first.lines.size).toBe(big.flow.connections.length)
  // Measured at 40 to 60 ms; the margin is for a busy machine.
  expect(ms).toBeLessThan(5000)
})

/** A grid of steps with connections to the next, some skipping ahead and some going back. */
function bigFlow(n: number): FlowDocument {
  const columns = 25
  const id = (i: number) => `s${i}`
  const connections: Connection[] = []
  for (let i = 0; i + 1 < n; i++) connections.push(way(id(i), 'Done', id(i + 1)))
  for (let i = 0; i + columns < n; i += 7) connections.push(way(id(i), 'Empty', id(i + columns)))
  for (let i = 60; i < n; i += 13) connections.push(way(id(i), 'On Exception', id(i - 40)))
  const steps = Array.from({ length: n }, (_, i) => step(id(i), 'email-address-list', `Step ${i}`))
  const layout = Object.fromEntries(
    steps.map((_, i) => [id(i), { x: (i % columns) * 272, y: Math.floor(i / columns) * 176 }])
  )
  return { flow: { ...sample.flow, steps, connections }, layout }
}

test('a step that catches has no entry, and one that goes on elsewhere no outcomes', () => {
  const { steps } = draw({
    flow: {
      ...sample.flow,
      steps: [
        step('catch', 'catch-exception', 'Catch Exception 1'),
        step('other', 'catch-outcome', 'Catch Outcome 1'),
        step('join', 'join', 'Join 1'),
        step('go', 'go-to', 'GoTo 1')
      ],
      connections: []
    },
    layout: {}
  })
  const shape = [...steps.values()].map(({ kind, gates, outcomes }) => [kind, gates.length, outcomes.length])
  expect(shape).toEqual([
    ['step', 0, 1],
    ['step', 0, 1],
    ['step', 1, 1],
    ['step', 1, 0]
  ])
})
