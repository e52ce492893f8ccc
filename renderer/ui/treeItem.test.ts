import { expect, test } from 'vitest'
import { rowsOf } from './treeItem.ts'

const items = [
  { id: 'a', label: 'A', children: [{ id: 'b', label: 'B', children: [{ id: 'c', label: 'C' }] }] },
  { id: 'd', label: 'D' }
]

test('rows under closed ones are left out, and each row knows its place', () => {
  expect(rowsOf(items, new Set(['b'])).map(({ item }) => item.id)).toEqual(['a', 'd'])
  const rows = rowsOf(items, new Set(['a', 'b']))
  expect(rows.map(({ item, level }) => `${item.id}${level}`)).toEqual(['a1', 'b2', 'c3', 'd1'])
  expect(rows[2]).toMatchObject({ parent: { id: 'b' }, index: 0, count: 1 })
})
