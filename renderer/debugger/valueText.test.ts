import { expect, test } from 'vitest'
import { partsOf, valueText } from './valueText.ts'

test.each([
  [undefined, '', 'not set'],
  [null, '', 'null'],
  ['Welcome', '', 'Welcome'],
  ['', '', '“”'],
  [1200, '', '1,200'],
  [0.25, '', '0.25'],
  [true, '', 'yes'],
  [[1, 2, 3], 'List of', '3'],
  [{ $type: 'Date', iso: '2026-03-02T10:43:00.000Z' }, 'Date', '2026-03-02T10:43:00.000Z'],
  [{ $type: 'File', path: 'documents/a.csv', name: 'a.csv', size: 12 }, 'File', 'a.csv'],
  [
    { $type: 'Template', format: 'html', parts: ['Hello ', { field: 'recipient.Name' }] },
    'HTML',
    'Hello {{recipient.Name}}'
  ],
  [{ address: 'a@example.com', Name: 'Ann' }, '', 'a@example.com'],
  [{ row: 3, reason: 'no @', cells: ['x'] }, 'Record', 'row: 3, reason: no @']
])('%j is told in one line', (value, kind, text) => {
  expect(valueText(value)).toEqual({ kind, text })
})

test('a list is told by its declared type', () => {
  expect(valueText([], 'List of Email')).toEqual({ kind: 'List of Email', text: '0' })
})

test('lists, records and long texts can be opened', () => {
  expect(partsOf(['a', 'b'])).toEqual([
    ['1', 'a'],
    ['2', 'b']
  ])
  expect(partsOf({ $type: 'File', path: 'p', name: 'n', size: 1 })).toEqual([
    ['path', 'p'],
    ['name', 'n'],
    ['size', 1]
  ])
  expect(partsOf('two\nlines')).toEqual([['', 'two\nlines']])
})

test('short and empty things cannot', () => {
  for (const value of ['short', 5, null, undefined, [], {}]) expect(partsOf(value)).toBeUndefined()
})
