import { expect, test } from 'vitest'
import type { FlowEntry } from '../../electron/ipc/contract.ts'
import { aboutFlow } from './aboutFlow.ts'
import { editedText } from './editedText.ts'

const now = new Date(2026, 2, 1, 12, 0)
const edited = (...date: [number, number, number, number, number]) => editedText(new Date(...date), now)

test('an edit is told by time today, by day this year, by date before', () => {
  expect(edited(2026, 2, 1, 9, 5)).toBe('today 09:05')
  expect(edited(2026, 1, 28, 23, 59)).toBe('yesterday')
  expect(edited(2026, 0, 9, 0, 0)).toBe('9 Jan')
  expect(edited(2025, 10, 19, 0, 0)).toBe('19 Nov 2025')
})

const flow: FlowEntry = {
  path: 'a',
  name: 'A',
  editedAt: now.getTime(),
  hasDraft: false,
  document: { flow: { id: 'a', name: 'A', inputs: [], outputs: [], steps: [], connections: [] }, layout: {} }
}
const view = { inside: undefined, found: undefined, everRun: true, now }

test('the line under the name tells steps, place or edit, and whether it ever ran', () => {
  expect(aboutFlow(flow, view)).toBe('0 steps · edited today 12:00')
  expect(aboutFlow(flow, { ...view, inside: 'Maintenance' })).toBe('0 steps · in Maintenance')
  expect(aboutFlow(flow, { ...view, everRun: false })).toBe('0 steps · never run')
  expect(aboutFlow(flow, { ...view, inside: 'Maintenance', found: 'step “Log”' })).toBe('0 steps · step “Log”')
})

test('kept edits are told, and a file that cannot be read has no steps', () => {
  expect(aboutFlow({ ...flow, hasDraft: true }, view)).toBe('0 steps · edited today 12:00 · unsaved edits kept')
  const { document: _, ...broken } = flow
  expect(aboutFlow(broken, { ...view, everRun: false })).toBe('edited today 12:00')
})
