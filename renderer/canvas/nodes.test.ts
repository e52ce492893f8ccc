import { describe, expect, test } from 'vitest'
import { type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { drawFlow } from '../drawing/drawing.ts'
import { nothingSelected, selectSteps } from '../editor/selection.ts'
import { edgesOf, nodeMaker } from './nodes.ts'
import { sameChoice, selectionOf } from './selecting.ts'

const step = (id: string, type: string, name: string) => ({ id, type, name, settings: {}, inputs: {} })
const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Flow',
    inputs: [],
    outputs: [],
    steps: [step('start', 'start', 'Start'), step('async', 'go-async', 'Go Async 1'), step('end', 'end', 'End Step')],
    connections: [
      { from: 'start', outcome: 'Done', to: 'async' },
      { from: 'async', outcome: 'Done', to: 'end' }
    ]
  },
  layout: { start: { x: 0, y: 0 }, async: { x: 200, y: 8 }, end: { x: 600, y: 0 } }
}
const drawing = drawFlow(document, builtInSteps, { flow: document.flow, flowAt: () => undefined })

describe('nodes', () => {
  test('have their size and handles, so that none has to be rendered to be measured', () => {
    const [, async] = nodeMaker()(drawing, nothingSelected)
    expect(async).toMatchObject({
      id: 'async',
      position: { x: 200, y: 8 },
      width: 208,
      height: 80,
      ariaLabel: 'Go Async 1'
    })
    expect(async?.handles).toEqual([
      { id: 'outcome:Done', type: 'source', position: 'right', x: 196, y: 48, width: 24, height: 24 },
      { id: 'reply', type: 'source', position: 'right', x: 196, y: 12, width: 24, height: 24 },
      { id: 'gate:left', type: 'target', position: 'left', x: -12, y: 12, width: 24, height: 24 }
    ])
  })

  test('stay the same objects until they change', () => {
    const make = nodeMaker()
    const before = make(drawing, nothingSelected)
    const after = make(drawing, selectSteps('end'))
    expect(after.map((node, i) => node === before[i])).toEqual([true, true, false])
  })
})

describe('edges', () => {
  test('are named by outcome and steps, replies first', () => {
    expect(edgesOf(drawing, nothingSelected).map(({ id, ariaLabel }) => [id, ariaLabel])).toEqual([
      ['reply of async', 'Reply of Go Async 1 to End Step'],
      ['start:Done', 'Done of Start to Go Async 1'],
      ['async:Done', 'Done of Go Async 1 to End Step']
    ])
  })

  test('are selected with their connections, and give the selection back', () => {
    const selection = { steps: ['end'], connections: [{ from: 'start', outcome: 'Done' }] }
    const nodes = nodeMaker()(drawing, selection).filter(({ selected }) => selected)
    const edges = edgesOf(drawing, selection).filter(({ selected }) => selected)
    expect(selectionOf({ nodes, edges })).toEqual(selection)
  })
})

test('two selections are the same whatever their order', () => {
  const a = { steps: ['start', 'end'], connections: [] }
  expect(sameChoice(a, { steps: ['end', 'start'], connections: [] })).toBe(true)
  expect(sameChoice(a, selectSteps('start'))).toBe(false)
  expect(sameChoice(a, { ...a, connections: [{ from: 'start', outcome: 'Done' }] })).toBe(false)
})
