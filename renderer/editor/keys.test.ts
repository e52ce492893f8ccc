import { expect, it } from 'vitest'
import { pressed } from './keys.ts'

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  shiftKey: held.includes('shiftKey'),
  altKey: held.includes('altKey')
})

it('knows keys with and without modifiers', () => {
  expect(pressed('F5', press('F5'))).toBe(true)
  expect(pressed('F5', press('F5', 'shiftKey'))).toBe(false)
  expect(pressed('Ctrl+Z', press('z', 'ctrlKey'))).toBe(true)
  expect(pressed('Ctrl+Z', press('Z', 'ctrlKey', 'shiftKey'))).toBe(false)
  expect(pressed('T', press('t', 'altKey'))).toBe(false)
})

it('takes the Command key for Ctrl', () => {
  expect(pressed('Ctrl+S', press('s', 'metaKey'))).toBe(true)
})

it('knows several keys for one thing', () => {
  expect(pressed('Ctrl+Y Ctrl+Shift+Z', press('Z', 'ctrlKey', 'shiftKey'))).toBe(true)
  expect(pressed('Ctrl+Y Ctrl+Shift+Z', press('y', 'ctrlKey'))).toBe(true)
  expect(pressed('Ctrl+Y Ctrl+Shift+Z', press('x', 'ctrlKey'))).toBe(false)
})
