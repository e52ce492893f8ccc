import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFlow } from '../readFlow.ts'
import { type Migration, currentVersion, migrate } from './index.ts'

const samples = new URL('../samples/', import.meta.url)

describe('every version so far', () => {
  const versions = Array.from({ length: currentVersion }, (_, index) => index + 1)

  test('has its sample, and no other samples lie about', () => {
    expect(readdirSync(samples).sort()).toEqual(versions.map((version) => `v${version}.flow.json`).sort())
  })

  test.each(versions)('version %i can still be read', (version) => {
    const result = readFlow(readFileSync(new URL(`v${version}.flow.json`, samples), 'utf8'))
    expect(result).toMatchObject({ kind: 'ok', version })
  })
})

test('migrations are made one after the other, beginning at the version of the file', () => {
  const list: Migration[] = [
    { name: 'two', up: (file) => ({ ...file, log: [...((file['log'] ?? []) as string[]), 'one to two'] }) },
    { name: 'three', up: (file) => ({ ...file, log: [...((file['log'] ?? []) as string[]), 'two to three'] }) }
  ]
  expect(migrate({ version: 1, kept: true }, 1, list)).toEqual({
    version: 3,
    kept: true,
    log: ['one to two', 'two to three']
  })
  expect(migrate({ version: 2 }, 2, list)).toEqual({ version: 3, log: ['two to three'] })
  expect(migrate({ version: 3 }, 3, list)).toEqual({ version: 3 })
})
