import { expect, it } from 'vitest'
import { isEvent, isRequest } from './channels.ts'
import { schemas } from './schemas.ts'

it('has a check for the arguments of every request', () => {
  const names = Object.keys(schemas)
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !isRequest(name))).toEqual([])
})

it('lets nothing through that is not in the contract', () => {
  for (const name of [
    '',
    'toString',
    '__proto__',
    'constructor',
    'folder:delete',
    'run:events',
    'electron-store-get-data'
  ])
    expect(isRequest(name)).toBe(false)
  for (const name of ['', 'hasOwnProperty', 'run:start', 'window:command']) expect(isEvent(name)).toBe(false)
  expect(isRequest('run:start')).toBe(true)
  expect(isEvent('run:events')).toBe(true)
})
