import { describe, expect, test } from 'vitest'
import { foldRun } from '../../engine/index.ts'
import { exampleEvents, exampleRun } from '../timeline/exampleRun.ts'
import { callerHad } from './callerHad.ts'
import { flowDataOf } from './flowData.ts'
import { pairOfMoment } from './pairOfMoment.ts'
import { rowsInView } from '../ui/rowsInView.ts'
import { stackOf } from './stack.ts'

const unitOf = (type: string) => (type === 'send-email' ? 'mail' : 'item')
const upTo = (at: number) => foldRun(exampleEvents({ tried: 431 }).filter((event) => event.at <= at))

describe('the stack of a thread', () => {
  test('begins with the step it is at, on the flow that moved to the background', () => {
    expect(stackOf(exampleRun({ tried: 431 }), 1, unitOf).map(({ title, note }) => [title, note])).toEqual([
      ['Send Email 1', 'mail 432'],
      ['Send EmailList Flow', 'moved here']
    ])
  })

  test('is the same flow on Main before it moved', () => {
    expect(stackOf(upTo(5), 0, unitOf).map(({ title, note }) => [title, note])).toEqual([
      ['Email Address List', ''],
      ['Send EmailList Flow', '']
    ])
  })

  test('is empty once the thread has ended', () => {
    expect(stackOf(exampleRun({ tried: 431 }), 0, unitOf)).toEqual([])
  })
})

describe('replied and settled', () => {
  test('are told apart while the background part runs', () => {
    expect(pairOfMoment(exampleRun({ tried: 431 }), false)).toEqual({
      reply: { state: 'given', text: 'Replied 12 ms' },
      settled: { state: 'background', text: 'Not settled · 431 of 1,200', progress: 431 / 1200 }
    })
  })

  test('are both still to come at the beginning', () => {
    const { reply, settled } = pairOfMoment(upTo(5), false)
    expect([reply.text, settled.text]).toEqual(['No reply yet', 'Running · Email Address List'])
  })

  test('are both over at the end', () => {
    const { reply, settled } = pairOfMoment(exampleRun({ mails: 8 }), false)
    expect([reply.text, settled.text]).toEqual(['Replied 12 ms', 'Settled 2 s'])
  })

  test('say so when the run was interrupted before its reply', () => {
    const { reply, settled } = pairOfMoment(upTo(5), true)
    expect([reply.text, settled.text]).toEqual(['No reply', 'Interrupted'])
  })
})

describe('what the caller had', () => {
  test('is null where the background part sets it later', () => {
    const had = callerHad(exampleRun({ mails: 8, tried: 3 }))!
    expect(had).toMatchObject({ outcome: 'End Step', at: 12 })
    expect(had.outputs.map(({ name, setLater }) => [name, setLater])).toEqual([
      ['Addresses', false],
      ['Sent Count', true]
    ])
  })

  test('is plain null when the background part ended without setting it', () => {
    const had = callerHad(exampleRun({ mails: 8, refused: [2] }))!
    expect(had.outputs.at(-1)).toMatchObject({ name: 'Sent Count', value: null, setLater: false })
  })

  test('is nothing before the reply', () => {
    expect(callerHad(upTo(5))).toBeUndefined()
  })
})

test('flow data is what steps gave up to the moment', () => {
  expect(flowDataOf(upTo(5), 0).steps).toEqual([])
  const { steps } = flowDataOf(upTo(50), 0)
  expect(steps.map(({ name, outputs }) => [name, outputs.Count])).toEqual([['Email Address List', 1200]])
})

test('of a long list only what can be seen is drawn, and a little around', () => {
  expect(rowsInView(2400, 240, 24, 1200)).toEqual({ from: 94, to: 116, top: 2256 })
  expect(rowsInView(0, 240, 24, 3)).toEqual({ from: 0, to: 3, top: 0 })
  expect(rowsInView(9999, 240, 24, 10)).toEqual({ from: 10, to: 10, top: 240 })
})
