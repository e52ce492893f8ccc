import { execFileSync } from 'node:child_process'
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../model/index.ts'
import { writeFlow } from '../../file/index.ts'
import { systemDisk } from '../disk/disk.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { designerFolder } from './designerFolder.ts'
import { isSafeName, safeName } from './safePath.ts'

const flow = (name: string): FlowDocument => ({
  flow: { id: 'a', name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})
const text = (name: string): string => writeFlow(flow(name))
const open = (root: string, disk = systemDisk) => designerFolder(root, () => 'new', disk)

/** Names that a folder from elsewhere may bring, of files that hold a sound flow. */
const oddNames = [
  'two\nlines',
  '\u0001\u001b[31mred',
  'evil\u202egnp',
  '__proto__',
  'constructor',
  'CON',
  'dots...',
  ' spaces ',
  '😀',
  'x'.repeat(255 - '.flow.json'.length),
  'e\u0301',
  'é',
  '"quoted" <b>'
]

describe.runIf(process.platform === 'linux')('a Designer Folder that came from anybody', () => {
  it('lists what is no flow with the reason, and hides nothing behind it', async () => {
    const root = await temporaryFolder()
    const outside = path.join(await temporaryFolder(), 'secret.flow.json')
    await writeFile(outside, text('Secret'))
    await writeFile(path.join(root, 'Good.flow.json'), text('Good'))
    await mkdir(path.join(root, 'sub'))
    await writeFile(path.join(root, 'sub', 'Inner.flow.json'), text('Inner'))
    execFileSync('mkfifo', [path.join(root, 'pipe.flow.json')])
    await symlink('/dev/zero', path.join(root, 'device.flow.json'))
    await symlink('loop.flow.json', path.join(root, 'loop.flow.json'))
    await symlink('loops', path.join(root, 'loops'))
    await symlink(outside, path.join(root, 'out.flow.json'))
    await symlink('nowhere', path.join(root, 'dangling.flow.json'))
    await symlink('sub/Inner.flow.json', path.join(root, 'inside.flow.json'))
    await writeFile(path.join(root, 'huge.flow.json'), '')
    await truncate(path.join(root, 'huge.flow.json'), 10e9)
    await writeFile(path.join(root, 'back\\slash.flow.json'), text('B'))
    await writeFile(
      Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x41]), Buffer.from('.flow.json')]),
      text('L')
    )
    const [home, sub] = await open(root).list()
    const told = Object.fromEntries(home?.flows.map(({ path: file, problem }) => [file, problem ?? 'fine']) ?? [])
    expect(told).toEqual({
      'Good.flow.json': 'fine',
      'inside.flow.json': 'fine',
      'pipe.flow.json': expect.stringContaining('it is no file'),
      'device.flow.json': expect.stringContaining('leads out of the Designer Folder'),
      'loop.flow.json': expect.stringContaining('it is a link that is not followed'),
      'out.flow.json': expect.stringContaining('leads out of the Designer Folder'),
      'dangling.flow.json': expect.stringContaining('it does not exist'),
      'huge.flow.json': expect.stringContaining('it is too large'),
      'back\\slash.flow.json': expect.stringContaining('Rename it'),
      '‹FF›A.flow.json': expect.stringContaining('Rename it')
    })
    expect(sub?.flows.map(({ name }) => name)).toEqual(['Inner'])
  })

  it('opens what it lists, and says why of what it cannot open', async () => {
    const root = await temporaryFolder()
    for (const name of oddNames) await writeFile(path.join(root, `${name}.flow.json`), text(name.trim()))
    const folder = open(root)
    const [home] = await folder.list()
    expect(home?.flows).toHaveLength(oddNames.length)
    for (const { path: file, name, problem } of home?.flows ?? []) {
      expect(problem).toBeUndefined()
      expect(name).not.toMatch(/[\p{Cc}\u202e]/u)
      const { hash } = await folder.read(file)
      await folder.save(file, flow('Saved'), hash)
      expect((await folder.read(file)).document.flow.name).toBe('Saved')
    }
    execFileSync('mkfifo', [path.join(root, 'pipe.flow.json')])
    await expect(folder.read('pipe.flow.json')).rejects.toMatchObject({ code: 'flow-broken' })
    await expect(folder.save('pipe.flow.json', flow('x'), '')).rejects.toMatchObject({ code: 'flow-not-saved' })
  })

  it('gives what runs write names that every system takes', () => {
    for (const name of [
      ...oddNames,
      'a/b',
      '..',
      '漢'.repeat(90),
      '😀'.repeat(80),
      '\ud800',
      'x.',
      'nul.txt',
      'a\0b'
    ]) {
      const safe = safeName(name, 'document')
      expect(isSafeName(safe), safe).toBe(true)
      expect(Buffer.byteLength(`9999 ${safe} (99).flow.json`)).toBeLessThanOrEqual(255)
      expect(Buffer.from(safe).toString()).toBe(safe)
    }
  })
})
