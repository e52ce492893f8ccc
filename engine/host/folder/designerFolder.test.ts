import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../model/index.ts'
import { type DesignerFolder, designerFolder } from './designerFolder.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

const flowCalled = (name: string, id = name): FlowDocument => ({
  flow: { id, name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})

async function open(): Promise<DesignerFolder> {
  let id = 0
  return designerFolder(await temporaryFolder(), () => `new-${++id}`)
}

const filesOf = async (folder: DesignerFolder, sub = ''): Promise<string[]> =>
  (await readdir(path.join(folder.root, sub))).filter((name) => !name.startsWith('.')).sort()

describe('a Designer Folder', () => {
  it('lists flows by folder, broken ones with what is wrong', async () => {
    const folder = await open()
    await folder.create('', flowCalled('One'))
    await folder.createFolder('sub/deeper')
    await folder.create('sub/deeper', flowCalled('Two'))
    await mkdir(path.join(folder.root, 'Process Folder', 'One'), { recursive: true })
    await writeFile(path.join(folder.root, 'Process Folder', 'One', 'x.flow.json'), '{}')
    await writeFile(path.join(folder.root, 'broken.flow.json'), '{"format": "tailrace-flow", ')
    await writeFile(path.join(folder.root, 'notes.txt'), '')
    const listed = await folder.list()
    expect(listed.map((one) => [one.path, one.flows.map(({ path: file }) => file)])).toEqual([
      ['', ['broken.flow.json', 'One.flow.json']],
      ['sub', []],
      ['sub/deeper', ['sub/deeper/Two.flow.json']]
    ])
    const [broken, one] = listed[0]?.flows ?? []
    expect(broken).toMatchObject({ name: 'broken', problem: expect.stringMatching(/\w/) })
    expect(broken?.document).toBeUndefined()
    expect(one).toMatchObject({ name: 'One', document: flowCalled('One') })
  })

  it('reads and saves, and refuses to save over what somebody else wrote', async () => {
    const folder = await open()
    const file = await folder.create('', flowCalled('One'))
    const opened = await folder.read(file)
    const saved = await folder.save(file, flowCalled('One', 'a'), opened.hash)
    expect((await folder.read(file)).hash).toBe(saved.hash)
    await writeFile(path.join(folder.root, file), 'somebody else')
    await expect(folder.save(file, flowCalled('One', 'b'), saved.hash)).rejects.toMatchObject({ code: 'flow-changed' })
    expect(await readFile(path.join(folder.root, file), 'utf8')).toBe('somebody else')
  })

  it('writes a flow again whose file is gone: nothing is lost by that', async () => {
    const folder = await open()
    const file = await folder.create('', flowCalled('One'))
    const { hash } = await folder.read(file)
    await folder.remove(file)
    await folder.save(file, flowCalled('One'), hash)
    expect(await filesOf(folder)).toEqual(['One.flow.json'])
  })

  it('leaves a broken file, and one of a newer version, as they are', async () => {
    const folder = await open()
    const newer = '{"format": "tailrace-flow", "version": 999}'
    await writeFile(path.join(folder.root, 'newer.flow.json'), newer)
    await writeFile(path.join(folder.root, 'broken.flow.json'), '{')
    await expect(folder.read('newer.flow.json')).rejects.toMatchObject({ code: 'flow-newer' })
    await expect(folder.read('broken.flow.json')).rejects.toMatchObject({ code: 'flow-broken' })
    await expect(folder.rename('newer.flow.json', 'Other')).rejects.toMatchObject({ code: 'flow-newer' })
    expect(await readFile(path.join(folder.root, 'newer.flow.json'), 'utf8')).toBe(newer)
  })

  it('calls files as their flows, as far as a file can be called so', async () => {
    const folder = await open()
    expect(await folder.create('', flowCalled('In/Out: a "test"?'))).toBe('In_Out_ a _test__.flow.json')
    expect(await folder.create('', flowCalled('con'))).toBe('_con.flow.json')
    expect(await folder.create('', flowCalled(' .. '))).toBe('Flow.flow.json')
  })

  it('renames a flow with its file', async () => {
    const folder = await open()
    await folder.createFolder('sub')
    const file = await folder.create('sub', flowCalled('One'))
    expect(await folder.rename(file, ' Two ')).toBe('sub/Two.flow.json')
    expect((await folder.read('sub/Two.flow.json')).document.flow.name).toBe('Two')
    expect(await folder.rename('sub/Two.flow.json', 'TWO')).toBe('sub/TWO.flow.json')
    expect(await filesOf(folder, 'sub')).toEqual(['TWO.flow.json'])
  })

  it('never lets two flows have one file, upper and lower case not told apart', async () => {
    const folder = await open()
    const one = await folder.create('', flowCalled('One'))
    await folder.create('', flowCalled('Two'))
    await expect(folder.create('', flowCalled('ONE'))).rejects.toMatchObject({ code: 'name-taken' })
    await expect(folder.rename(one, 'tWO')).rejects.toMatchObject({ code: 'name-taken' })
    await expect(folder.rename(one, '  ')).rejects.toMatchObject({ code: 'name-empty' })
    expect((await folder.read(one)).document.flow.name).toBe('One')
  })

  it('duplicates a flow under a new id and name', async () => {
    const folder = await open()
    const file = await folder.create('', flowCalled('One'))
    expect(await folder.duplicate(file)).toBe('One copy.flow.json')
    expect(await folder.duplicate(file)).toBe('One copy 2.flow.json')
    expect((await folder.read('One copy 2.flow.json')).document.flow).toMatchObject({ id: 'new-2', name: 'One copy 2' })
  })

  it('brings a removed flow back, beside one that took its name', async () => {
    const folder = await open()
    await folder.createFolder('sub')
    const file = await folder.create('sub', flowCalled('One', 'first'))
    const token = await folder.remove(file)
    expect((await folder.list()).flatMap(({ flows }) => flows)).toEqual([])
    await folder.create('sub', flowCalled('One', 'second'))
    expect(await folder.restore(token)).toBe('sub/One 2.flow.json')
    expect((await folder.read('sub/One 2.flow.json')).document.flow.id).toBe('first')
    await expect(folder.restore(token)).rejects.toMatchObject({ code: 'trash-missing' })
    await expect(folder.restore('../../etc')).rejects.toMatchObject({ code: 'trash-missing' })
  })

  it('moves no flow into a trash that leads out', async () => {
    const folder = await open()
    const outside = await temporaryFolder()
    await symlink(outside, path.join(folder.root, '.trash'))
    const flow = await folder.create('', flowCalled('One'))
    await expect(folder.remove(flow)).rejects.toMatchObject({ code: 'path-outside' })
    await expect(folder.restore('a')).rejects.toMatchObject({ code: 'path-outside' })
    expect([await readdir(outside), (await folder.read(flow)).path]).toEqual([[], flow])
  })

  it('refuses every path that leads out', async () => {
    const folder = await open()
    const outside = await temporaryFolder()
    await writeFile(path.join(outside, 'x.flow.json'), '{}')
    await symlink(outside, path.join(folder.root, 'link'))
    await symlink(path.join(outside, 'x.flow.json'), path.join(folder.root, 'x.flow.json'))
    for (const bad of [
      '../x.flow.json',
      '/etc/x.flow.json',
      'a\\..\\x.flow.json',
      'link/x.flow.json',
      'x.flow.json',
      'a.txt'
    ])
      await expect(folder.read(bad)).rejects.toMatchObject({ code: 'path-outside' })
    await expect(folder.create('link', flowCalled('One'))).rejects.toMatchObject({ code: 'path-outside' })
    await expect(folder.save('link/new.flow.json', flowCalled('One'), '')).rejects.toMatchObject({
      code: 'path-outside'
    })
    await expect(folder.createFolder('../up')).rejects.toMatchObject({ code: 'path-outside' })
    await expect(folder.createFolder('aux')).rejects.toMatchObject({ code: 'path-outside' })
    expect((await folder.list())[0]?.flows).toMatchObject([{ path: 'x.flow.json', problem: expect.any(String) }])
    expect(await readdir(outside)).toEqual(['x.flow.json'])
  })
})
