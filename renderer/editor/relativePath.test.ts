import { expect, it } from 'vitest'
import { fromFolderOf, intoFolderOf } from './relativePath.ts'

it.each([
  ['a.flow.json', 'b.flow.json', 'b.flow.json'],
  ['Mail/a.flow.json', 'b.flow.json', 'Mail/b.flow.json'],
  ['Mail/a.flow.json', '../b.flow.json', 'b.flow.json'],
  ['Mail/In/a.flow.json', '../Out/b.flow.json', 'Mail/Out/b.flow.json'],
  ['a.flow.json', 'Mail/b.flow.json', 'Mail/b.flow.json']
])('from %s, %s is %s, and back', (flow, written, path) => {
  expect(fromFolderOf(flow, written)).toBe(path)
  expect(intoFolderOf(flow, path)).toBe(written)
})
