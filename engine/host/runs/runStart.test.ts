import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keepRunStart, readRunStart, withPassword } from './runStart.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

test('keeps the account of a run', async () => {
  const root = await temporaryFolder()
  const folder = path.join(root, 'run')
  await mkdir(folder)
  for (const mail of ['Outbox', 'My server', 'smtp://127.0.0.1:2525']) {
    await keepRunStart(folder, { mail, root })
    expect(await readRunStart(folder)).toEqual({ mail, root })
  }
})

test('finds the Designer Folder again after it was moved with its runs', async () => {
  const home = await temporaryFolder()
  await mkdir(path.join(home, 'before', 'run'), { recursive: true })
  await keepRunStart(path.join(home, 'before', 'run'), { mail: 'Outbox', root: path.join(home, 'before') })
  await rename(path.join(home, 'before'), path.join(home, 'after'))
  expect(await readRunStart(path.join(home, 'after', 'run'))).toEqual({
    mail: 'Outbox',
    root: path.join(home, 'after')
  })
})

test('keeps no password, and takes one again', async () => {
  const folder = await temporaryFolder()
  await keepRunStart(folder, { mail: 'smtp://me:top%20secret@127.0.0.1:2525', root: folder })
  expect(await readFile(path.join(folder, 'start.json'), 'utf8')).not.toContain('secret')
  const { mail } = await readRunStart(folder)
  expect(mail).toBe('smtp://me@127.0.0.1:2525')
  expect(withPassword(mail, 'top secret')).toBe('smtp://me:top%20secret@127.0.0.1:2525')
  expect(withPassword(mail, undefined)).toBe(mail)
  expect(withPassword('My server', 'top secret')).toBe('My server')
})

test('says what is missing when nothing was kept, or nothing that can be read', async () => {
  const folder = await temporaryFolder()
  const refused = { code: 'run-start-missing', message: expect.stringContaining('start.json') as string }
  await expect(readRunStart(folder)).rejects.toMatchObject(refused)
  for (const text of ['', '{"mail', '[]', '{"mail":3}', '{"mail":"Outbox"}']) {
    await writeFile(path.join(folder, 'start.json'), text)
    await expect(readRunStart(folder)).rejects.toMatchObject(refused)
  }
})
