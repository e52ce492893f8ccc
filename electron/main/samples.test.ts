import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copySamples } from './samples.ts'

it('copies everything and overwrites nothing', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tailrace-'))
  const from = join(home, 'samples')
  const to = join(home, 'Documents', 'Tailrace')
  mkdirSync(join(from, 'lists'), { recursive: true })
  writeFileSync(join(from, 'a.flow.json'), 'sample')
  writeFileSync(join(from, 'lists', 'list.csv'), 'sample')
  await copySamples(from, to)
  expect(readFileSync(join(to, 'lists', 'list.csv'), 'utf8')).toBe('sample')

  writeFileSync(join(to, 'a.flow.json'), 'mine')
  await copySamples(from, to)
  expect(readFileSync(join(to, 'a.flow.json'), 'utf8')).toBe('mine')
})
