import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../engine/index.ts'
import { type Edit, edit, redo, seal, select, startHistory, undo } from './history.ts'
import { nothingSelected, selectSteps } from './selection.ts'

const empty: FlowDocument = {
  flow: { id: 'f', name: 'Flow', inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
}

const rename = (name: string, mergeKey?: string): Edit => ({
  label: `Rename to ${name}`,
  apply: (document) => (document.flow.name === name ? document : { ...document, flow: { ...document.flow, name } }),
  ...(mergeKey && { mergeKey })
})

const start = startHistory({ document: empty, selection: nothingSelected })
const nameOf = (history: typeof start) => history.present.document.flow.name

describe('history', () => {
  it('brings back the very same documents', () => {
    const one = edit(start, rename('One'))
    const two = edit(one, rename('Two'))
    expect(undo(two).present.document).toBe(one.present.document)
    expect(undo(undo(two)).present.document).toBe(empty)
    expect(redo(undo(two)).present.document).toBe(two.present.document)
  })

  it('keeps no entry of an edit that changes nothing', () => {
    expect(edit(start, rename('Flow'))).toBe(start)
  })

  it('has nothing to undo at the start and nothing to redo at the end', () => {
    expect(undo(start)).toBe(start)
    expect(redo(start)).toBe(start)
  })

  it('undoes typing as one change', () => {
    const typed = ['N', 'Ne', 'New'].reduce((history, text) => edit(history, rename(text, 'name')), start)
    expect(typed.done).toHaveLength(1)
    expect(nameOf(undo(typed))).toBe('Flow')
    expect(nameOf(redo(undo(typed)))).toBe('New')
  })

  it('does not merge edits of different fields, nor across another edit', () => {
    const keys = ['a', 'b', undefined, 'b']
    const all = keys.reduce((history, key, i) => edit(history, rename(`${i}`, key)), start)
    expect(all.done).toHaveLength(4)
  })

  it('does not merge once sealed, after undo, or after selecting', () => {
    const typed = edit(start, rename('A', 'name'))
    expect(edit(seal(typed), rename('AB', 'name')).done).toHaveLength(2)
    expect(edit(select(typed, selectSteps('x')), rename('AB', 'name')).done).toHaveLength(2)
    expect(nameOf(undo(edit(undo(edit(typed, rename('AB'))), rename('AC', 'name'))))).toBe('A')
  })

  it('restores the selection of before and after', () => {
    const chosen = select(start, selectSteps('before'))
    const changed = edit(chosen, { ...rename('One'), select: () => selectSteps('after') })
    const wandered = select(changed, selectSteps('elsewhere'))
    expect(undo(wandered).present.selection.steps).toEqual(['before'])
    expect(redo(undo(wandered)).present.selection.steps).toEqual(['after'])
  })

  it('does not lose what can be redone by merely selecting', () => {
    const undone = select(undo(edit(start, rename('One'))), selectSteps('x'))
    expect(nameOf(redo(undone))).toBe('One')
  })

  it('loses what could be redone at the next edit', () => {
    const other = edit(undo(edit(start, rename('One'))), rename('Two'))
    expect(redo(other)).toBe(other)
  })

  it('keeps the last five hundred changes', () => {
    const names = Array.from({ length: 600 }, (_, i) => `${i}`)
    const all = names.reduce((history, name) => edit(history, rename(name)), start)
    expect(all.done).toHaveLength(500)
    expect(all.done[0]?.label).toBe('Rename to 100')
  })
})
