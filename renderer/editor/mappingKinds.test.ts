import { expect, it } from 'vitest'
import { changeChoice, choicesFor, usualChoice } from './mappingKinds.ts'

it('offers only ways that make sense', () => {
  expect(choicesFor({ type: 'Number', summary: '', required: true })).toEqual([
    'constant',
    'select',
    'expression',
    'script',
    'unset'
  ])
  expect(choicesFor({ type: 'Template', summary: '', required: true, multiline: true })).toContain('merge-html')
  expect(choicesFor({ type: 'Text', summary: '' })).toEqual([
    'constant',
    'select',
    'merge-text',
    'expression',
    'script',
    'null',
    'ignore',
    'unset'
  ])
  expect(choicesFor({ type: 'List of Email', summary: '' })).toContain('list')
  expect(choicesFor({ type: 'Record', summary: '' })).toContain('record')
  expect(choicesFor({ type: 'Any', summary: '' })).toEqual(expect.arrayContaining(['record', 'list']))
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
  expect(changeChoice({ kind: 'expression', source: 'flow.Name' }, 'merge-text', 'Text')).toMatchObject({
    template: '{{flow.Name}}'
  })
})

it('begins constants with something of their type', () => {
  expect(changeChoice({ kind: 'unset' }, 'constant', 'Number')).toEqual({ kind: 'constant', value: 0 })
  expect(changeChoice({ kind: 'unset' }, 'constant', 'List of Text')).toEqual({ kind: 'constant', value: [] })
})

it('writes what was chosen before as an expression or a script', () => {
  const selected = { kind: 'select', path: 'steps.list-1.First Name' } as const
  expect(changeChoice(selected, 'expression', 'Text')).toEqual({
    kind: 'expression',
    source: 'steps.list-1["First Name"]'
  })
  expect(changeChoice({ kind: 'constant', value: 'a"b' }, 'expression', 'Text')).toEqual({
    kind: 'expression',
    source: '"a\\"b"'
  })
  expect(changeChoice({ kind: 'expression', source: 'flow.Name' }, 'select', 'Text')).toEqual({
    kind: 'select',
    path: 'flow.Name'
  })
  expect(changeChoice({ kind: 'expression', source: '1 + 1' }, 'script', 'Number')).toEqual({
    kind: 'script',
    source: 'return 1 + 1'
  })
})

it('takes a record and a list apart, and puts one value into a list', () => {
  expect(changeChoice({ kind: 'constant', value: { a: 1 } }, 'record', 'Record')).toEqual({
    kind: 'record',
    fields: { a: { kind: 'constant', value: 1 } }
  })
  expect(changeChoice({ kind: 'constant', value: [1, 2] }, 'list', 'Any')).toMatchObject({ items: { length: 2 } })
  const selected = { kind: 'select', path: 'flow.Name' } as const
  expect(changeChoice(selected, 'list', 'List of Text')).toEqual({ kind: 'list', items: [selected] })
})
