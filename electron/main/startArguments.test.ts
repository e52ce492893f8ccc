import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { folderArgument } from './startArguments.ts'

const folder = mkdtempSync(join(tmpdir(), 'tailrace-'))
const of = (...args: string[]) => folderArgument(['tailrace', ...args], dirname(folder), '/program')

it('takes --folder in both spellings, relative to where the command was given', () => {
  expect(of('--folder', folder)).toBe(folder)
  expect(of('--no-sandbox', `--folder=${folder}`)).toBe(folder)
  expect(of('--folder', basename(folder))).toBe(folder)
})

it('takes a folder that is not there by name, so that its absence is told', () => {
  expect(of('--folder', '/not/there')).toBe('/not/there')
})

it('takes the path of a folder alone, but not flags, files or the program itself', () => {
  expect(of('--log-level=3', folder)).toBe(folder)
  expect(of('--log-level=3', '/not/there', '-x')).toBeUndefined()
  expect(folderArgument(['electron', folder], '/', folder)).toBeUndefined()
})

it('takes the folder of a flow file, as file managers open it', () => {
  const file = join(folder, 'a.flow.json')
  writeFileSync(file, '')
  expect(of(file)).toBe(folder)
})
