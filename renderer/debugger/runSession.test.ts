import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Reply, RunSummary, Studio } from '../../electron/ipc/contract.ts'
import { type RunEvent, foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleFlow } from '../timeline/exampleRun.ts'
import { RunSession } from './runSession.svelte.ts'

const events = exampleEvents({ mails: 40 })
const summary: RunSummary = {
  id: 'run-39',
  flow: 'Send EmailList Flow.flow.json',
  name: 'Send EmailList Flow',
  number: 39,
  startedAt: '2026-03-02T10:43:00.000Z',
  background: 1
}
const wanted = { path: summary.flow, document: { flow: exampleFlow, layout: {} }, inputs: {} }

/** The main process as the window sees it: answers by name, and what it tells by itself. */
let answers: Record<string, () => Promise<Reply<unknown>>>
let tell: (events: readonly RunEvent[], run?: string) => void
let told: (summary: RunSummary) => void
let asked: unknown[][]
let frames: (() => void)[]
let session: RunSession

const drawFrame = () => {
  for (const frame of frames.splice(0)) frame()
}
const answer = (value: unknown) => async () => ({ ok: true as const, value })

beforeEach(() => {
  const listeners = new Map<string, (payload: never) => void>()
  asked = []
  frames = []
  answers = { 'run:start': answer(summary), 'run:read': answer([]), 'run:list': answer([summary]) }
  tell = (part, run = summary.id) => listeners.get('run:events')?.({ run, events: part } as never)
  told = (changed) => listeners.get('run:changed')?.(changed as never)
  const studio: Studio = {
    platform: 'test',
    request: (async (name: string, ...args: unknown[]) => {
      asked.push([name, ...args])
      return await (answers[name]?.() ?? Promise.resolve({ ok: true, value: undefined }))
    }) as Studio['request'],
    on: (name, listener) => {
      listeners.set(name, listener)
      return () => listeners.delete(name)
    }
  }
  vi.stubGlobal('window', { studio })
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
  session = new RunSession()
  session.open()
})

afterEach(() => {
  session.close()
  vi.unstubAllGlobals()
})

test('a started run is told by its events, once a frame', async () => {
  expect(await session.start(wanted)).toBe('run-39')
  tell(events.slice(0, 20))
  tell(events.slice(20, 30))
  expect(session.run).toBeUndefined()
  drawFrame()
  expect(session.run).toEqual(foldRun(events.slice(0, 30)))
  expect(session.summary?.number).toBe(39)
})

test('events that come in while older ones are being read are not lost', async () => {
  let give: (reply: Reply<unknown>) => void = () => undefined
  answers['run:read'] = () => new Promise((resolve) => (give = resolve))
  const shown = session.show('run-39')
  tell(events.slice(25))
  drawFrame()
  give({ ok: true, value: events.slice(0, 30) })
  await shown
  expect(session.run).toEqual(foldRun(events))
})

test('events of other runs are not its business', async () => {
  await session.start(wanted)
  tell(events, 'run-40')
  drawFrame()
  expect(session.run).toBeUndefined()
})

test('a settled run stands still at its end', async () => {
  await session.start(wanted)
  tell(events.slice(0, 20))
  drawFrame()
  expect(session.live).toBe(true)
  tell(events.slice(20))
  drawFrame()
  expect(session.live).toBe(false)
  expect(session.now).toBe(events.at(-1)!.at)
})

test('an interrupted run is over too', async () => {
  await session.start(wanted)
  tell(events.slice(0, 20))
  drawFrame()
  told({ ...summary, interrupted: true })
  expect(session.live).toBe(false)
  expect(session.now).toBe(events[19]!.at)
})

test('a run that is resumed is read anew: what was told last may not have come into its journal', async () => {
  await session.start(wanted)
  tell(events.slice(0, 25))
  drawFrame()
  told({ ...summary, interrupted: true })
  const resumed: RunEvent = {
    event: 'RunResumed',
    resumedAt: '2026-03-02T11:00:00.000Z',
    epoch: 2,
    inDoubt: 'retry',
    seq: 21,
    at: events[19]!.at
  }
  answers['run:resume'] = answer({ ...summary, resumed: 1 })
  answers['run:read'] = answer([...events.slice(0, 20), resumed])
  await session.resume()
  await expect.poll(() => session.run?.seq).toBe(21)
  expect(session.run).toEqual(foldRun([...events.slice(0, 20), resumed]))
  expect(session.live).toBe(true)
})

test('a run that cannot be started says why', async () => {
  answers['run:start'] = async () => ({
    ok: false,
    error: { code: 'flow-invalid', message: 'Connect the steps first.' }
  })
  expect(await session.start(wanted)).toBeUndefined()
  expect(session.problem).toBe('Connect the steps first.')
})

test('the run and its threads can be stopped', async () => {
  await session.start(wanted)
  await session.cancelThread(1)
  await session.cancel()
  expect(asked.slice(-2)).toEqual([
    ['run:cancel-thread', 'run-39', 1],
    ['run:cancel', 'run-39']
  ])
})

test('another run begins anew', async () => {
  await session.start(wanted)
  tell(events)
  drawFrame()
  answers['run:start'] = answer({ ...summary, id: 'run-40', number: 40 })
  await session.start(wanted)
  expect(session.id).toBe('run-40')
  expect(session.run).toBeUndefined()
  expect(session.now).toBe(0)
})
