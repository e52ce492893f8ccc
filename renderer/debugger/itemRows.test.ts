import { expect, test } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleRun } from '../timeline/exampleRun.ts'
import { itemRows } from './itemRows.ts'

const sending = (tried: number, refused: readonly number[] = []) =>
  exampleRun({ tried, refused }).visits.find(({ step }) => step === 'send')!

test('each recipient has a row and stands as its mail does', () => {
  const { input, rows, counts } = itemRows(sending(431, [429]))!
  expect(input).toBe('To')
  expect(rows).toHaveLength(1200)
  expect(rows.slice(428, 433)).toEqual([
    { index: 428, label: 'reader429@example.com', state: 'done' },
    { index: 429, label: 'reader430@example.com', state: 'failed', detail: '550 no such user' },
    { index: 430, label: 'reader431@example.com', state: 'done' },
    { index: 431, label: 'reader432@example.com', state: 'running' },
    { index: 432, label: 'reader433@example.com', state: 'queued' }
  ])
  expect(counts).toEqual({ done: 430, failed: 1, running: 1, queued: 768, stopped: 0 })
})

test('a mail that is overtaken by the next is still being sent', () => {
  const visit = sending(3)
  const overtaken = { ...visit, items: visit.items.filter(({ index }) => index !== 1) }
  expect(
    itemRows(overtaken)!
      .rows.slice(0, 4)
      .map(({ state }) => state)
  ).toEqual(['done', 'running', 'done', 'queued'])
})

test('what was left when the step was stopped is told as such', () => {
  const stop = { event: 'ThreadEnded', thread: 1, end: 'cancelled', at: 900, seq: 99 } as const
  const run = foldRun([...exampleEvents({ mails: 8, tried: 3 }), stop])
  expect(itemRows(run.visits.at(-1)!)!.counts).toMatchObject({ done: 3, stopped: 5, running: 0 })
})

test('a step that counts nothing has no rows', () => {
  expect(itemRows(exampleRun({ tried: 1 }).visits[0]!)).toBeUndefined()
})
