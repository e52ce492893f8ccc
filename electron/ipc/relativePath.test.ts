import { posix, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { besideFlow, folderOf, isRelativePath } from './relativePath.ts'
import { holds } from '../../engine/testing/property/holds.ts'

const nasty = fc.array(
  fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '\\',
    '\0',
    'C:',
    'c:',
    'a',
    'ö',
    '...',
    ' ',
    '..\\',
    '%2e%2e',
    '~',
    'x.flow.json'
  ),
  { maxLength: 8 }
)
const anyPath = fc.oneof(
  nasty.map((parts) => parts.join('/')),
  nasty.map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 })
)

describe('isRelativePath', () => {
  it('lets ordinary paths through', () => {
    for (const path of ['a.flow.json', 'Mailing/Send EmailList Flow.flow.json', 'ä/ö ü/…', '..a', 'a..'])
      expect(isRelativePath(path)).toBe(true)
  })

  it('refuses every way out', () => {
    const ways = ['', '/', '/etc/passwd', '..', '../a', 'a/../../b', 'a/..', './a', 'a//b', 'a/', 'C:/a', 'c:', 'a\\b']
    for (const path of [...ways, '\\\\server\\share', 'a\0b', 'a'.repeat(1025)])
      expect(isRelativePath(path)).toBe(false)
  })

  it('never lets anything lead out of the folder, on any system', () => {
    return holds(
      'paths in the folder',
      fc.property(anyPath, (path) => {
        if (!isRelativePath(path)) return
        expect(posix.normalize(path)).toBe(path)
        expect(posix.resolve('/root', path).startsWith('/root/')).toBe(true)
        expect(win32.resolve('D:\\root', path).startsWith('D:\\root\\')).toBe(true)
      }),
      { runs: 20_000 }
    )
  })
})

describe('besideFlow', () => {
  it('finds documents beside the flow, below it and above it', () => {
    expect(besideFlow('a.flow.json', 'list.csv')).toBe('list.csv')
    expect(besideFlow('Mail/a.flow.json', 'lists/list.csv')).toBe('Mail/lists/list.csv')
    expect(besideFlow('Mail/a.flow.json', '../list.csv')).toBe('list.csv')
    expect(besideFlow('Mail/a.flow.json', './list.csv')).toBe('Mail/list.csv')
  })

  it('finds nothing outside the Designer Folder', () => {
    for (const document of ['../list.csv', '../../x', '/etc/passwd', '', '..', 'C:/x', 'a\\b'])
      expect(besideFlow('a.flow.json', document)).toBeUndefined()
  })

  it('never answers a path that leads out', () => {
    return holds(
      'paths beside a flow',
      fc.property(anyPath, anyPath, (flow, document) => {
        const path = isRelativePath(flow) ? besideFlow(flow, document) : undefined
        expect(path === undefined || isRelativePath(path)).toBe(true)
      }),
      { runs: 20_000 }
    )
  })
})

it('folderOf names the folder a path lies in', () => {
  expect(folderOf('a/b/c')).toBe('a/b')
  expect(folderOf('c')).toBe('')
})
