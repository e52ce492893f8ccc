import { describe, expect, test } from 'vitest'
import { type FlowDocument, builtInSteps } from '../../engine/index.ts'
import { drawFlow } from '../drawing/drawing.ts'
import { type Selection, nothingSelected, selectSteps } from '../editor/selection.ts'
import { type Focused, type KeyTarget, pressKey } from './keys.ts'
import { Linking } from './linking.svelte.ts'

const step = (id: string, type: string) => ({ id, type, name: id, settings: {}, inputs: {} })
const document: FlowDocument = {
  flow: {
    id: 'f',
    name: 'Flow',
    inputs: [],
    outputs: [],
    steps: [step('start', 'start'), step('async', 'go-async'), step('log', 'log'), step('end', 'end')],
    connections: [{ from: 'start', outcome: 'Done', to: 'async' }]
  },
  layout: { start: { x: 0, y: 0 }, async: { x: 200, y: 0 }, log: { x: 200, y: 200 }, end: { x: 600, y: 0 } }
}
const drawing = drawFlow(document, builtInSteps, { flow: document.flow, flowAt: () => undefined })

/** A canvas that writes down what its keys do. */
function canvas(selection: Selection = nothingSelected, readonly = false) {
  const did: unknown[] = []
  const linking = new Linking()
  const say =
    (name: string) =>
    (...values: unknown[]) =>
      void did.push([name, ...values])
  const target: KeyTarget = {
    drawing,
    selection,
    readonly,
    linking,
    focus: say('focus'),
    select: say('select'),
    open: say('open'),
    move: say('move'),
    remove: say('remove'),
    disconnect: say('disconnect'),
    link: say('link')
  }
  const press = (key: string, focused?: Focused, with_: { shift?: boolean; ctrl?: boolean } = {}) =>
    pressKey(
      { key, shiftKey: with_.shift ?? false, ctrlKey: with_.ctrl ?? false, metaKey: false, altKey: false },
      focused,
      target
    )
  return { did, linking, press }
}

describe('on a step', () => {
  test('arrows go to the nearest step in their direction', () => {
    const { did, press } = canvas()
    press('ArrowRight', { step: 'start' })
    press('ArrowDown', { step: 'async' })
    press('ArrowRight', { step: 'end' })
    expect(did).toEqual([
      ['focus', 'async'],
      ['focus', 'log']
    ])
  })

  test('arrows move the selected steps by 8, with Shift by 64', () => {
    const { did, press } = canvas(selectSteps('log'))
    press('ArrowRight', { step: 'log' })
    press('ArrowUp', { step: 'log' }, { shift: true })
    expect(did).toEqual([
      ['move', 8, 0],
      ['move', 0, -64]
    ])
  })

  test('nothing is moved or deleted where nothing may be changed', () => {
    const { did, press } = canvas(selectSteps('async'), true)
    press('ArrowDown', { step: 'async' })
    expect(press('Delete', { step: 'async' })).toBe(false)
    expect(did).toEqual([['focus', 'log']])
  })

  test('Enter selects and opens it, Space only selects', () => {
    const { did, press } = canvas()
    press('Enter', { step: 'log' })
    press(' ', { step: 'end' })
    expect(did).toEqual([
      ['select', selectSteps('log')],
      ['open', 'log'],
      ['select', selectSteps('end')]
    ])
  })

  test('Delete removes the selection, else the step that has the focus', () => {
    const selected = canvas(selectSteps('end'))
    selected.press('Delete', { step: 'log' })
    expect(selected.did).toEqual([['remove', selectSteps('end')]])
    const focused = canvas()
    focused.press('Backspace', { step: 'log' })
    expect(focused.did).toEqual([['remove', selectSteps('log')]])
  })
})

test('Ctrl+A selects all steps and connections, Escape none', () => {
  const { did, press } = canvas(selectSteps('log'))
  press('a', undefined, { ctrl: true })
  press('Escape')
  expect(did).toEqual([
    ['select', { steps: ['start', 'async', 'log', 'end'], connections: [{ from: 'start', outcome: 'Done' }] }],
    ['select', nothingSelected]
  ])
})

test('keys of the application are left alone', () => {
  const { press } = canvas()
  expect(press('z', { step: 'log' }, { ctrl: true })).toBe(false)
  expect(press('F5', { step: 'log' })).toBe(false)
  expect(press('Tab', { step: 'log' })).toBe(false)
})

describe('on a handle', () => {
  const done: Focused = { step: 'async', handle: { outcome: 'Done' } }
  const reply: Focused = { step: 'async', handle: { outcome: undefined } }

  test('Enter begins a connection to the nearest step that can be entered', () => {
    const { linking, press } = canvas()
    press('Enter', done)
    expect(linking.link).toMatchObject({ from: 'async', outcome: 'Done', targets: ['end', 'log'], at: 0 })
  })

  test('the reply may only lead to End Steps', () => {
    const { linking, press } = canvas()
    press('Enter', reply)
    expect(linking.link?.targets).toEqual(['end'])
  })

  test('Tab and arrows choose the target, Enter takes it', () => {
    const { did, linking, press } = canvas()
    press('Enter', done)
    press('Tab', done)
    expect(linking.target).toBe('log')
    press('Tab', done)
    expect(linking.target).toBe('end')
    press('ArrowDown', done)
    expect(linking.target).toBe('log')
    press('Enter', done)
    expect(did).toEqual([['link']])
  })

  test('Escape gives up', () => {
    const { did, linking, press } = canvas(selectSteps('log'))
    press('Enter', done)
    press('Escape', done)
    expect(linking.link).toBeUndefined()
    expect(did).toEqual([])
  })

  test('Delete takes the connection away and leaves the step', () => {
    const { did, press } = canvas(selectSteps('async'))
    press('Delete', { step: 'start', handle: { outcome: 'Done' } })
    expect(did).toEqual([['disconnect', 'start', 'Done']])
  })
})
