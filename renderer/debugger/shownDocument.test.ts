import { expect, test } from 'vitest'
import { exampleFlow } from '../timeline/exampleRun.ts'
import { shownDocument } from './shownDocument.ts'

const layout = { start: { x: 40, y: 16 }, list: { x: 176, y: 16 }, go: { x: 432, y: 16 }, send: { x: 456, y: 216 } }

test('without a run the document is shown as it is', () => {
  const document = { flow: exampleFlow, layout }
  expect(shownDocument(document, undefined)).toBe(document)
})

test('a run shows the flow it ran, where the document has its steps', () => {
  const edited = { ...exampleFlow, steps: exampleFlow.steps.slice(0, 1), connections: [] }
  const shown = shownDocument({ flow: edited, layout }, exampleFlow)
  expect(shown.flow).toBe(exampleFlow)
  expect(shown.layout.send).toEqual({ x: 456, y: 216 })
})

test('steps that the document no longer has stand below the others', () => {
  expect(shownDocument({ flow: exampleFlow, layout }, exampleFlow).layout.end).toEqual({ x: 40, y: 392 })
})
