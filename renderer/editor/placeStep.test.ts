import { describe, expect, it } from 'vitest'
import { type FlowDocument, type StepDefinition, builtInSteps } from '../../engine/index.ts'
import { overlap } from '../drawing/geometry.ts'
import { boxOf, freeOutcome, placeStep, placeStepAt } from './placeStep.ts'

const known = { definitions: builtInSteps, flowAt: () => undefined }
const empty: FlowDocument = {
  flow: { id: 'f', name: 'F', inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
}

function kind(type: string): StepDefinition {
  const definition = builtInSteps.find((one) => one.type === type)
  if (!definition) throw new Error(`There is no step of type ${type}.`)
  return definition
}

const start = placeStepAt(empty, kind('start'), { x: 40, y: 136 })

describe('a step dropped on the canvas', () => {
  it('lies on the grid and has the first free name and id', () => {
    const one = placeStepAt(start.document, kind('go-async'), { x: 201.4, y: 99 })
    const two = placeStepAt(one.document, kind('go-async'), { x: 600, y: 99 })
    expect(one.document.layout[one.step]).toEqual({ x: 200, y: 96 })
    expect(two.document.flow.steps.map(({ id, name }) => [id, name])).toEqual([
      ['start-1', 'Start'],
      ['go-async-1', 'Go Async 1'],
      ['go-async-2', 'Go Async 2']
    ])
  })

  it('is connected to nothing', () => {
    expect(placeStepAt(start.document, kind('log'), { x: 0, y: 0 }).document.flow.connections).toEqual([])
  })
})

describe('a step added behind another', () => {
  it('stands right of it and goes on from its first free outcome', () => {
    const placed = placeStep(start.document, kind('email-address-list'), start.step, known)
    expect(placed.document.flow.connections).toEqual([{ from: 'start-1', outcome: 'Done', to: placed.step }])
    expect(placed.document.layout[placed.step]).toEqual({ x: 176, y: 136 })
    const next = placeStep(placed.document, kind('log'), placed.step, known)
    const other = placeStep(next.document, kind('log'), placed.step, known)
    expect(other.document.flow.connections.map(({ outcome }) => outcome)).toEqual(['Done', 'Done', 'Empty'])
    expect(freeOutcome(other.document, placed.step, known)).toBeUndefined()
  })

  it('is left alone when no outcome is free, or nothing can follow', () => {
    const log = placeStep(start.document, kind('log'), start.step, known)
    const third = placeStep(log.document, kind('log'), start.step, known)
    expect(third.document.flow.connections).toHaveLength(1)
    const end = placeStep(start.document, kind('end'), undefined, known)
    expect(placeStep(end.document, kind('log'), end.step, known).document.flow.connections).toEqual([])
  })

  it('never leads into Start', () => {
    const log = placeStepAt(empty, kind('log'), { x: 0, y: 0 })
    expect(placeStep(log.document, kind('start'), log.step, known).document.flow.connections).toEqual([])
  })

  it('comes to stand on no other', () => {
    let { document } = start
    for (let i = 0; i < 40; i++) ({ document } = placeStep(document, kind('send-email'), start.step, known))
    const boxes = document.flow.steps.flatMap(({ id }) => boxOf(document, id, known) ?? [])
    expect(boxes).toHaveLength(41)
    const covered = boxes.filter((box, i) => boxes.some((other, j) => i !== j && overlap(box, other)))
    expect(covered).toEqual([])
  })

  it('stands in an empty flow, and right of everything when nothing is selected', () => {
    const first = placeStep(empty, kind('log'), undefined, known)
    expect(first.document.layout[first.step]).toEqual({ x: 40, y: 136 })
    const second = placeStep(first.document, kind('log'), undefined, known)
    expect(second.document.layout[second.step]).toEqual({ x: 296, y: 136 })
  })
})
