import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { previewDocument } from './documents.ts'

vi.mock('electron', () => ({ dialog: {} }))

describe('the preview of a document', () => {
  const root = mkdtempSync(join(tmpdir(), 'tailrace-'))

  it('tells its columns and rows', async () => {
    writeFileSync(join(root, 'people.csv'), 'Name,Email\nAnn,ann@example.com\nBob,bob@example.com\n')
    expect(await previewDocument(root, 'a.flow.json', 'people.csv')).toEqual({ columns: ['Name', 'Email'], rows: 2 })
    expect(await previewDocument(root, 'a.flow.json', 'none.csv')).toMatchObject({
      rows: 0,
      problem: expect.any(String)
    })
  })

  it('looks at the start of a long one only', async () => {
    writeFileSync(join(root, 'long.csv'), `Name,Email\n${'Ann Ännchen,ann@example.com\n'.repeat(200_000)}`)
    const { columns, rows, more } = await previewDocument(root, 'a.flow.json', 'long.csv')
    expect([columns, more]).toEqual([['Name', 'Email'], true])
    expect(rows).toBeGreaterThan(50_000)
    expect(rows).toBeLessThan(100_000)
  })
})
