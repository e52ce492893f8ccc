import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { holdsNothing } from './holdsNothing.ts'

it('tells a folder that is empty, or not there, from one that may hold something', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-'))
  expect(await holdsNothing(folder)).toBe(true)
  expect(await holdsNothing(join(folder, 'new'))).toBe(true)
  writeFileSync(join(folder, '.hidden'), '')
  expect(await holdsNothing(folder)).toBe(false)
  expect(await holdsNothing(join(folder, '.hidden'))).toBe(false)
})
