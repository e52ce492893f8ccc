import { expect, it } from 'vitest'
import { changeChoice, choicesFor, usualChoice } from './mappingKinds.ts'

it('offers only ways that make sense', () => {
  expect(choicesFor({ type: 'Number', summary: '', required: true })).toEqual(['constant', 'select', 'unset'])
  expect(choicesFor({ type: 'Template', summary: '', required: true, multiline: true })).toContain('merge-html')
  expect(choicesFor({ type: 'Text', summary: '' })).toEqual([
    'constant',
    'select',
    'merge-text',
    'null',
    'ignore',
    'unset'
  ])
})

it('shows first what most people want', () => {
  expect(usualChoice({ type: 'Template', summary: '' })).toBe('merge-text')
  expect(usualChoice({ type: 'List of Email', summary: '' })).toBe('select')
  expect(usualChoice({ type: 'List of File', summary: '', document: true })).toBe('constant')
})

it('keeps a text through a change of the way', () => {
  const merged = changeChoice({ kind: 'constant', value: 'Hello' }, 'merge-html', 'Template')
  expect(merged).toEqual({ kind: 'merge', template: 'Hello', format: 'html' })
  expect(changeChoice(merged, 'merge-text', 'Template')).toEqual({ kind: 'merge', template: 'Hello', format: 'text' })
  expect(changeChoice(merged, 'constant', 'Template')).toEqual({ kind: 'constant', value: 'Hello' })
})

it('makes a selected value a field of the text', () => {
  expect(changeChoice({ kind: 'select', path: 'flow.Name' }, 'merge-text', 'Text')).toEqual({
    kind: 'merge',
    template: '{{flow.Name}}',
    format: 'text'
  })
})

it('begins constants with something of their type', () => {
  expect(changeChoice({ kind: 'unset' }, 'constant', 'Number')).toEqual({ kind: 'constant', value: 0 })
  expect(changeChoice({ kind: 'unset' }, 'constant', 'List of Text')).toEqual({ kind: 'constant', value: [] })
})
