import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { otherRuntime } from './runtimePin.ts'

it('says in big letters that a build has another Electron than it should have', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tailrace-'))
  expect(otherRuntime(folder, '33.2.1')).toBeUndefined()
  const write = (manifest: object) => writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  write({ name: 'tailrace' })
  expect(otherRuntime(folder, '33.2.1')).toBeUndefined()
  write({ name: 'tailrace', electron: '45.4.1' })
  expect(otherRuntime(folder, '45.4.1')).toBeUndefined()
  expect(otherRuntime(folder, '33.2.1')).toBe('BUILT WITH ELECTRON 33.2.1 INSTEAD OF 45.4.1')
})
