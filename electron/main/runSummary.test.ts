import { describe, expect, it } from 'vitest'
import type { Flow, RunFact, Step } from '../../engine/index.ts'
import { RunTally } from './runSummary.ts'

const step = (id: string, name: string): Step => ({ id, type: 'log', name, settings: {}, inputs: {} })
const flow = (name: string, steps: Step[]): Flow => ({
  id: name,
  name,
  inputs: [],
  outputs: [],
  steps,
  connections: []
})
const parent = flow('Parent', [step('run', 'Run Flow 1'), step('send', 'Send Email 1')])
const child = flow('Child', [step('send', 'Handle 1')])

const begin: RunFact[] = [
  {
    event: 'RunStarted',
    run: 'r1',
    flow: 'parent.flow.json',
    flows: { 'parent.flow.json': parent, 'child.flow.json': child },
    inputs: {},
    startedAt: '2026-01-02T03:04:05.000Z'
  },
  { event: 'ThreadStarted', thread: 0, name: 'Main', kind: 'main' },
  { event: 'FrameEntered', thread: 0, frame: 0, flow: 'Parent', path: 'parent.flow.json', inputs: {} }
]
const started = (step: string, thread = 0, frame = 0): RunFact => ({
  event: 'StepStarted',
  thread,
  frame,
  step,
  inputs: {}
})
const progressed = (step: string, done: number, thread = 0, frame = 0): RunFact => ({
  event: 'StepProgressed',
  thread,
  frame,
  step,
  done,
  total: 1200
})
const replied: RunFact = { event: 'Replied', thread: 0, outcome: 'End Step', step: 'end', outputs: {} }
const background: RunFact = { event: 'ThreadStarted', thread: 1, name: 'Background 1', kind: 'background', frames: [0] }

function tally(...facts: RunFact[]) {
  const run = new RunTally('r1', 7)
  ;[...begin, ...facts].forEach((fact, index) => run.add({ ...fact, seq: index + 1, at: index }))
  return run.summary
}

describe('RunTally', () => {
  it('knows which flow it is and where it stands', () => {
    expect(tally(started('send'), progressed('send', 431))).toEqual({
      id: 'r1',
      flow: 'parent.flow.json',
      name: 'Parent',
      number: 7,
      startedAt: '2026-01-02T03:04:05.000Z',
      place: { step: 'Send Email 1', done: 431, total: 1200 },
      background: 0
    })
  })

  it('tells replied and settled apart', () => {
    const run = tally(background, replied, { event: 'ThreadEnded', thread: 0, end: 'detached' }, started('send', 1))
    expect(run).toMatchObject({
      replied: { outcome: 'End Step', at: 4 },
      background: 1,
      place: { step: 'Send Email 1' }
    })
    expect(run.settled).toBeUndefined()
    const over = tally(background, replied, started('send', 1), { event: 'RunSettled', state: 'completed' })
    expect(over).toMatchObject({ replied: { at: 4 }, settled: { state: 'completed', at: 6 }, background: 0 })
    expect(over.place).toBeUndefined()
  })

  it('names the step of the sub-flow it is in, then the one behind it', () => {
    const enter: RunFact = {
      event: 'FrameEntered',
      thread: 0,
      frame: 1,
      parent: 0,
      step: 'run',
      flow: 'Child',
      path: 'child.flow.json',
      inputs: {}
    }
    expect(tally(started('run'), enter, started('send', 0, 1)).place).toEqual({ step: 'Handle 1' })
    const left: RunFact = { event: 'StepCompleted', thread: 0, frame: 1, step: 'send', outcome: 'Done', outputs: {} }
    expect(tally(started('run'), enter, started('send', 0, 1), left).place).toEqual({ step: 'Run Flow 1' })
  })

  it('stays at the step that failed', () => {
    const error = { code: 'mail-server-unreachable', message: 'No server.' }
    const failed: RunFact = { event: 'StepFailed', thread: 1, frame: 0, step: 'send', error, handled: false }
    const run = tally(
      background,
      replied,
      started('send', 1),
      failed,
      { event: 'ThreadEnded', thread: 1, end: 'failed', error },
      {
        event: 'RunSettled',
        state: 'background failed'
      }
    )
    expect(run).toMatchObject({
      place: { step: 'Send Email 1' },
      settled: { state: 'background failed' },
      background: 0
    })
  })

  it('is running again when it is retried', () => {
    const error = { code: 'mail-server-unreachable', message: 'No server.' }
    const at = { thread: 1, frame: 0, step: 'send' }
    const run = tally(
      background,
      replied,
      started('send', 1),
      { event: 'StepFailed', ...at, error, handled: false },
      { event: 'ThreadEnded', thread: 1, end: 'failed', error },
      { event: 'RunSettled', state: 'background failed' },
      { event: 'RunRetried', retriedAt: '2026-01-03', threads: [1], frames: [], steps: [at], visits: [at] }
    )
    expect(run).toMatchObject({ place: { step: 'Send Email 1' }, background: 1, replied: { outcome: 'End Step' } })
    expect(run.settled).toBeUndefined()
  })

  it('does not stay at a failure that the flow handled', () => {
    const error = { code: 'x', message: 'X.' }
    expect(
      tally(started('send'), { event: 'StepFailed', thread: 0, frame: 0, step: 'send', error, handled: true }).place
    ).toBeUndefined()
  })
})
