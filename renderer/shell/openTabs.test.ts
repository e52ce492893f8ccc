import { expect, test } from 'vitest'
import { folderTab, OpenTabs, runsTab } from './openTabs.svelte.ts'

const opened = () => {
  const tabs = new OpenTabs()
  tabs.open('a', 'A')
  tabs.open('b', 'B')
  return tabs
}

test('opening a flow twice brings its tab to the front', () => {
  const tabs = opened()
  tabs.open('a', 'A')
  expect(tabs.order).toEqual([folderTab, runsTab, 'a', 'b'])
  expect(tabs.active).toBe('a')
})

test('closing the active tab shows its neighbour, closing the last one the Designer Folder', () => {
  const tabs = opened()
  tabs.activate('a')
  tabs.close('a')
  expect(tabs.active).toBe('b')
  tabs.close('b')
  expect(tabs.active).toBe(folderTab)
})

test('stepping goes round and round', () => {
  const tabs = opened()
  tabs.step(1)
  expect(tabs.active).toBe(folderTab)
  tabs.step(-1)
  expect(tabs.active).toBe('b')
})

test('commands go to the active flow only, and say whether anybody took them', () => {
  const tabs = opened()
  const done: string[] = []
  tabs.setCommands('a', { undo: () => done.push('undo a') })
  tabs.setCommands('b', { undo: () => done.push('undo b') })
  expect(tabs.command('undo')).toBe(true)
  expect(tabs.command('redo')).toBe(false)
  tabs.activate(folderTab)
  expect(tabs.command('undo')).toBe(false)
  expect(done).toEqual(['undo b'])
})

test('saving reports whether unsaved edits are left', async () => {
  const tabs = opened()
  tabs.setDirty('a', true)
  tabs.setDirty('b', true)
  tabs.setCommands('a', { save: () => tabs.setDirty('a', false) })
  tabs.setCommands('b', { save: () => Promise.resolve() })
  expect([await tabs.save('a'), await tabs.save('b')]).toEqual([true, false])
})

test('debugging an open flow is told to it; a run of the past is shown in its tab', () => {
  const tabs = opened()
  let told = 0
  tabs.setCommands('a', { debug: () => told++ })
  tabs.debug('a', 'A')
  expect([told, tabs.activeFlow?.mode]).toEqual([1, 'design'])
  tabs.debug('a', 'A', 'run-1')
  expect(tabs.activeFlow).toMatchObject({ mode: 'debug', run: 'run-1' })
  tabs.setMode('a', 'design')
  expect(tabs.activeFlow?.run).toBeUndefined()
})
