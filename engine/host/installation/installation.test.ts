import { cp, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { type Installation, openInstallation, trustedRoot } from './installation.ts'

let userData: string
let installation: Installation
/** Where Designer Folders lie. */
let home: string
beforeEach(async () => {
  userData = await temporaryFolder()
  home = await temporaryFolder()
  installation = openInstallation(userData)
  await mkdir(path.join(home, 'Flows', 'run'), { recursive: true })
})

describe('a Designer Folder', () => {
  it('is trusted once the person has said so, also after the next start', async () => {
    const folder = path.join(home, 'Flows')
    expect(await installation.trusts(folder)).toBe(false)
    await installation.trust(folder)
    await installation.trust(folder)
    expect(await openInstallation(userData).trusts(folder)).toBe(true)
    expect(await trustedRoot(installation, folder)).toBe(folder)
  })

  it('is trusted by its real path: neither its copy nor what is in it or above it, and no link elsewhere', async () => {
    const folder = path.join(home, 'Flows')
    await symlink(folder, path.join(home, 'Link'))
    await installation.trust(path.join(home, 'Link'))
    expect(await installation.trusts(folder)).toBe(true)
    await cp(folder, path.join(home, 'Copy'), { recursive: true })
    for (const other of [path.join(home, 'Copy'), path.join(folder, 'run'), home, path.join(home, 'nowhere')]) {
      expect(await installation.trusts(other)).toBe(false)
      await expect(trustedRoot(installation, other)).rejects.toMatchObject({ code: 'folder-untrusted' })
    }
    await rename(folder, path.join(home, 'Old'))
    await rename(path.join(home, 'Copy'), path.join(home, 'Other'))
    await symlink(path.join(home, 'Other'), folder)
    expect(await installation.trusts(folder)).toBe(false)
    expect(await installation.trusts(path.join(home, 'Link'))).toBe(false)
  })

  it('is not trusted when what is kept is damaged, or tells of another folder', async () => {
    const folder = path.join(home, 'Flows')
    await installation.trust(folder)
    const [name = ''] = await readdir(path.join(userData, 'installation', 'folders'))
    const file = path.join(userData, 'installation', 'folders', name)
    for (const text of ['', '{"pla', '[]', 'null', '{"place":3}', JSON.stringify({ place: home })]) {
      await writeFile(file, text)
      expect(await installation.trusts(folder)).toBe(false)
    }
  })
})

describe('a run', () => {
  it('is known with what it was started with, until it is forgotten', async () => {
    const root = path.join(home, 'Flows')
    const run = path.join(root, 'run')
    expect(await installation.startOf(run)).toBeUndefined()
    await installation.keepStart(run, { mail: 'Outbox', root })
    expect(await openInstallation(userData).startOf(run)).toEqual({ mail: 'Outbox', root })
    await installation.forget(run)
    await installation.forget(run)
    expect(await installation.startOf(run)).toBeUndefined()
  })

  it('is known in its place only, and by nobody else', async () => {
    const root = path.join(home, 'Flows')
    await installation.keepStart(path.join(root, 'run'), { mail: 'Outbox', root })
    await cp(root, path.join(home, 'Copy'), { recursive: true })
    expect(await installation.startOf(path.join(home, 'Copy', 'run'))).toBeUndefined()
    const other = openInstallation(await temporaryFolder())
    expect(await other.startOf(path.join(root, 'run'))).toBeUndefined()
  })

  it('is forgotten also when its folder is gone', async () => {
    const root = path.join(home, 'Flows')
    const run = path.join(root, 'run')
    await installation.keepStart(run, { mail: 'Outbox', root })
    await rename(run, path.join(root, 'away'))
    await installation.forget(run)
    expect(await readdir(path.join(userData, 'installation', 'runs'))).toEqual([])
  })

  it('is kept in files for the person alone, without a password', async () => {
    const root = path.join(home, 'Flows')
    await installation.keepStart(path.join(root, 'run'), { mail: 'smtp://me:secret@127.0.0.1:25', root })
    const [name = ''] = await readdir(path.join(userData, 'installation', 'runs'))
    const file = path.join(userData, 'installation', 'runs', name)
    expect(await readFile(file, 'utf8')).not.toContain('secret')
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('of a thousand that begin at once, is known', async () => {
    const root = path.join(home, 'Flows')
    const runs = Array.from({ length: 1000 }, (_, number) => path.join(root, `run ${number}`))
    await Promise.all(runs.map((run) => mkdir(run)))
    await Promise.all(runs.map((run) => installation.keepStart(run, { mail: 'Outbox', root })))
    const known = await Promise.all(runs.map((run) => installation.startOf(run)))
    expect(known.filter((start) => start === undefined)).toEqual([])
  })
})
