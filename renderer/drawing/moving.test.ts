import { expect, test } from 'vitest'
import { type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { drawFlow } from './drawing.ts'
import { replyKey, routesWhileMoving } from './moving.ts'

const step = (id: string, type: string) => ({ id, type, name: id, settings: {}, inputs: {} })
const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Flow',
    inputs: [],
    outputs: [],
    steps: [step('start', 'start'), step('log', 'log'), step('async', 'go-async'), step('end', 'end')],
    connections: [
      { from: 'start', outcome: 'Done', to: 'log' },
      { from: 'log', outcome: 'Done', to: 'async' }
    ]
  },
  layout: { start: { x: 0, y: 0 }, log: { x: 160, y: 0 }, async: { x: 440, y: 0 }, end: { x: 720, y: 0 } }
}
const drawing = drawFlow(document, builtInSteps, { flow: document.flow, flowAt: () => undefined })

test('nothing moved needs no routes', () => {
  expect(routesWhileMoving(drawing, new Map())).toEqual(new Map())
})

test('only the lines at a moved step follow it', () => {
  const routes = routesWhileMoving(drawing, new Map([['async', { x: 440, y: 400 }]]))
  expect([...routes.keys()]).toEqual(['log:Done', replyKey('async')])
  expect(routes.get('log:Done')?.at(-1)).toEqual({ x: 440, y: 424 })
  expect(routes.get(replyKey('async'))?.[0]).toEqual({ x: 648, y: 424 })
})

test('a step moved and put back has the routes of the drawing', () => {
  const routes = routesWhileMoving(drawing, new Map([['log', { x: 160, y: 0 }]]))
  expect(routes.get('start:Done')).toEqual(drawing.lines.get('start:Done')?.points)
  expect(routes.get('log:Done')).toEqual(drawing.lines.get('log:Done')?.points)
})
