import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { atomicCreate, atomicWrite, writeAll } from './atomicWrite.ts'
import { temporaryFolder } from './temporaryFolder.ts'

describe('atomicWrite', () => {
  it('writes new files and replaces old ones, keeping their mode', async () => {
    const folder = await temporaryFolder()
    const file = path.join(folder, 'a.txt')
    await atomicWrite(file, 'one')
    await chmod(file, 0o640)
    await atomicWrite(file, 'two')
    expect(await readFile(file, 'utf8')).toBe('two')
    expect((await stat(file)).mode & 0o777).toBe(0o640)
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  it('leaves the old text and nothing else when it fails', async () => {
    const folder = await temporaryFolder()
    await mkdir(path.join(folder, 'taken'))
    await writeFile(path.join(folder, 'taken', 'kept.txt'), 'old')
    await expect(atomicWrite(path.join(folder, 'taken'), 'new')).rejects.toThrow()
    expect(await readFile(path.join(folder, 'taken', 'kept.txt'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['taken'])
  })

  it('writes through a symbolic link', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'real.txt'), 'old')
    await symlink('real.txt', path.join(folder, 'link.txt'))
    await atomicWrite(path.join(folder, 'link.txt'), 'new')
    expect(await readFile(path.join(folder, 'real.txt'), 'utf8')).toBe('new')
  })

  it('never shows a part: readers see the old text or the new one', async () => {
    const folder = await temporaryFolder()
    const file = path.join(folder, 'a.txt')
    const [old, fresh] = ['o'.repeat(300_000), 'n'.repeat(300_000)]
    await atomicWrite(file, old)
    const state = { writing: true }
    const writer = (async () => {
      for (let i = 0; i < 10; i++) await atomicWrite(file, i % 2 === 0 ? fresh : old)
      state.writing = false
    })()
    const seen = new Set<string>()
    while (state.writing) seen.add(await readFile(file, 'utf8'))
    await writer
    expect([old, fresh]).toEqual(expect.arrayContaining([...seen]))
    expect(seen.size).toBeGreaterThan(0)
  })
})

describe('atomicCreate', () => {
  it('never replaces a file', async () => {
    const folder = await temporaryFolder()
    const file = path.join(folder, 'a.txt')
    await atomicCreate(file, 'one')
    await expect(atomicCreate(file, 'two')).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(file, 'utf8')).toBe('one')
    expect(await readdir(folder)).toEqual(['a.txt'])
  })
})

describe('writeAll', () => {
  it('goes on until all is written, however little the disk takes at a time', async () => {
    let written = ''
    const sparing = {
      write: (bytes: Uint8Array, from: number, length: number) => {
        const taken = Math.min(3, length)
        written += Buffer.from(bytes).toString('utf8', from, from + taken)
        return Promise.resolve({ bytesWritten: taken, buffer: bytes })
      }
    }
    await writeAll(sparing, Buffer.from('ten bytes!'))
    expect(written).toBe('ten bytes!')
  })

  it('rejects when the disk takes nothing', async () => {
    const full = { write: () => Promise.resolve({ bytesWritten: 0 }) }
    await expect(writeAll(full, Buffer.from('x'))).rejects.toThrow('no more')
  })
})
