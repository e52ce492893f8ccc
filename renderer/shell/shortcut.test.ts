import { expect, test } from 'vitest'
import { shortcutOf } from './shortcut.ts'

const press = (key: string, ...held: ('ctrl' | 'shift' | 'alt' | 'meta')[]) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
  metaKey: held.includes('meta')
})

test.each([
  [press('s', 'ctrl'), 'save'],
  [press('s', 'meta'), 'save'],
  [press('Z', 'ctrl', 'shift'), 'redo'],
  [press('F5'), 'debug'],
  [press('F5', 'shift'), 'stop'],
  [press('Tab', 'ctrl'), 'next-tab'],
  [press('Tab', 'ctrl', 'shift'), 'previous-tab']
])('%j asks for %s', (keys, command) => {
  expect(shortcutOf(keys, false)).toBe(command)
})

test('letters alone and keys with Alt are nobody’s', () => {
  expect([shortcutOf(press('s'), false), shortcutOf(press('F5', 'alt'), false)]).toEqual([undefined, undefined])
})

test('a text keeps undo and redo for itself, but saving works from inside it', () => {
  expect(shortcutOf(press('z', 'ctrl'), true)).toBeUndefined()
  expect(shortcutOf(press('s', 'ctrl'), true)).toBe('save')
})
