import { describe, expect, test } from 'vitest'
import { rebaseFiles } from './fileTexts.ts'
import { siblingPath } from '../flow/siblingPath.ts'

describe('what a flow names', () => {
  test.each([
    ['news/Mail.flow.json', 'list.csv', 'news/list.csv'],
    ['news/Mail.flow.json', '../lists/all.csv', 'lists/all.csv'],
    ['news/Mail.flow.json', './a//b.csv', 'news/a/b.csv'],
    ['Mail.flow.json', 'list.csv', 'list.csv'],
    ['news/Mail.flow.json', '../../secret.txt', '../secret.txt'],
    ['Mail.flow.json', '../../secret.txt', '../../secret.txt'],
    ['news/Mail.flow.json', '/etc/hostname', '/etc/hostname']
  ])('is found from its folder: %s, %s', (flow, path, found) => {
    expect(siblingPath(flow, path)).toBe(found)
  })
})

test('only texts for files are paths', () => {
  const file = { $type: 'File', from: 'folder', path: 'a.csv', name: 'a.csv', size: 0 } as const
  expect(rebaseFiles('x/F.flow.json', 'a.csv', 'File')).toBe('x/a.csv')
  expect(rebaseFiles('x/F.flow.json', ['a.csv', file], 'List of File')).toEqual(['x/a.csv', file])
  expect(rebaseFiles('x/F.flow.json', file, 'File')).toBe(file)
  expect(rebaseFiles('x/F.flow.json', '', 'File')).toBe('')
  expect(rebaseFiles('x/F.flow.json', 'a.csv', 'Text')).toBe('a.csv')
})
