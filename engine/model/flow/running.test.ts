import { expect, test } from 'vitest'
import type { FlowDocument } from './flow.ts'
import { runningOf, setRunning } from './running.ts'

const document: FlowDocument = {
  flow: { id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
}

test('a flow that says nothing records in full, is kept by the disk, and is resumed', () => {
  expect(runningOf(document.flow)).toEqual({ recording: 'full', durability: 'standard', afterRestart: 'resume' })
})

test('what is as usual is not kept in the flow', () => {
  const strict = setRunning(document, { durability: 'strict', recording: 'full' })
  expect(strict.flow.running).toEqual({ durability: 'strict' })
  expect(runningOf(strict.flow)).toEqual({ recording: 'full', durability: 'strict', afterRestart: 'resume' })
  expect(setRunning(strict, { durability: 'standard' })).toEqual(document)
  expect(setRunning(strict, { durability: 'standard' }).flow).not.toHaveProperty('running')
})

test('a change that changes nothing gives the same document', () => {
  expect(setRunning(document, { afterRestart: 'resume' })).toBe(document)
  const asks = setRunning(document, { afterRestart: 'ask' })
  expect(setRunning(asks, { afterRestart: 'ask' })).toBe(asks)
})

test('what nobody knows stays', () => {
  const later = { ...document, flow: { ...document.flow, running: { afterRestart: 'ask', where: 'there' } as const } }
  expect(setRunning(later, { afterRestart: 'resume' }).flow.running).toEqual({ where: 'there' })
})
