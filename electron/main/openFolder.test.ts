import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FolderListing } from '../ipc/contract.ts'
import { Drafts } from './drafts.ts'
import { OpenFolder } from './openFolder.ts'

const opened: OpenFolder[] = []
let trusted = false
afterEach(() => {
  for (const folder of opened.splice(0)) folder.close()
})

function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'tailrace-'))
  const told: FolderListing[] = []
  const drafts = new Drafts(mkdtempSync(join(tmpdir(), 'tailrace-')), () => 0)
  const run = { id: 'r', flow: 'a.flow.json', name: 'A', number: 1, startedAt: '', background: 0 }
  const folder = new OpenFolder(root, {
    drafts,
    trusts: async (folder) => trusted && folder === root,
    lastRuns: () => Promise.resolve(new Map([[run.flow, run]])),
    tell: (listing) => told.push(listing),
    report: (_where, error) => {
      throw error
    }
  })
  opened.push(folder)
  return { root, folder, drafts, told, run }
}
const document = (name: string) => ({
  flow: { id: name, name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})

describe('OpenFolder', () => {
  it('lists flows with their draft and last run, broken ones too', async () => {
    const { root, folder, drafts, run } = setUp()
    await folder.flows.create('', document('a'))
    await drafts.keep(root, 'a.flow.json', document('a'), 'h')
    mkdirSync(join(root, 'Sub'))
    writeFileSync(join(root, 'Sub', 'broken.flow.json'), '{')
    const { name, folders } = await folder.read()
    expect(name).toBe(basename(root))
    expect(folders.map(({ path }) => path)).toEqual(['', 'Sub'])
    expect(folders[0]?.flows).toMatchObject([{ path: 'a.flow.json', hasDraft: true, lastRun: run }])
    expect(folders[1]?.flows).toMatchObject([{ path: 'Sub/broken.flow.json', hasDraft: false }])
    expect(folders[1]?.flows[0]?.problem).toMatch(/^Line 1, column 2/)
  })

  it('is the same folder when it is opened through a link, under the name of the link', async () => {
    const { root, folder, drafts } = setUp()
    await folder.flows.create('', document('a'))
    await drafts.keep(folder.root, 'a.flow.json', document('a'), 'h')
    const link = join(mkdtempSync(join(tmpdir(), 'tailrace-')), 'Linked')
    symlinkSync(root, link)
    const { name, folders } = await folder.open(link)
    expect(name).toBe('Linked')
    expect(folder.root).toBe(realpathSync(root))
    expect(folders[0]?.flows).toMatchObject([{ path: 'a.flow.json', hasDraft: true }])
  })

  it('says whether it is trusted', async () => {
    const { folder } = setUp()
    trusted = false
    expect((await folder.read()).trusted).toBe(false)
    trusted = true
    expect((await folder.read()).trusted).toBe(true)
  })

  it('tells changes from outside, and only those', async () => {
    const { root, folder, told } = setUp()
    await folder.read()
    await folder.look()
    expect(told).toEqual([])
    writeFileSync(join(root, 'new.flow.json'), '{')
    await folder.look()
    await folder.look()
    expect(told.map(({ folders }) => folders[0]?.flows.length)).toEqual([1])
  })

  it('tells a change although somebody has read the folder meanwhile, and one that came while it was looking', async () => {
    const { root, folder, told } = setUp()
    await folder.read()
    writeFileSync(join(root, 'new.flow.json'), '{')
    await folder.read()
    await folder.look()
    expect(told).toHaveLength(1)
    const looking = folder.look()
    writeFileSync(join(root, 'newer.flow.json'), '{')
    await folder.look()
    await looking
    expect(told.at(-1)?.folders[0]?.flows).toHaveLength(2)
  })

  it('says that the folder is missing, and opens no folder that is', async () => {
    const { root, folder, told } = setUp()
    await expect(folder.open(join(root, 'gone'))).rejects.toMatchObject({ code: 'folder-missing' })
    expect(folder.root).toBe(root)
    rmSync(root, { recursive: true })
    await expect(folder.read()).rejects.toMatchObject({ code: 'folder-missing' })
    await folder.look()
    expect(told).toEqual([])
  })
})
