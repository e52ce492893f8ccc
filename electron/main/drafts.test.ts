import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../engine/index.ts'
import { Drafts } from './drafts.ts'

const document = (name: string): FlowDocument => ({
  flow: { id: 'f', name, inputs: [], outputs: [], steps: [], connections: [] },
  layout: {}
})

function setUp() {
  const userData = mkdtempSync(join(tmpdir(), 'tailrace-'))
  return { userData, drafts: new Drafts(userData, () => 1000), files: () => readdirSync(join(userData, 'drafts')) }
}

describe('Drafts', () => {
  it('keeps the newest edit, for the next session too', async () => {
    const { userData, drafts } = setUp()
    await drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    await drafts.keep('/folder', 'a.flow.json', document('Two'), 'h1')
    const next = new Drafts(userData, () => 2000)
    expect(next.has('/folder', 'a.flow.json')).toBe(true)
    expect(await next.read('/folder', 'a.flow.json')).toEqual({ document: document('Two'), base: 'h1', keptAt: 1000 })
  })

  it.runIf(process.platform !== 'win32')('keeps it for this person alone', async () => {
    const { userData, drafts, files } = setUp()
    await drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    const home = join(userData, 'drafts')
    expect([home, join(home, files()[0] ?? '')].map((file) => statSync(file).mode & 0o777)).toEqual([0o700, 0o600])
  })

  it('does not mix up folders or flows', async () => {
    const { drafts } = setUp()
    await drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    expect(drafts.has('/other', 'a.flow.json')).toBe(false)
    expect(await drafts.read('/folder', 'b.flow.json')).toBeUndefined()
  })

  it('lets saving win over an edit that was on its way', async () => {
    const { drafts, files } = setUp()
    const keeping = drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    const dropping = drafts.drop('/folder', 'a.flow.json')
    await Promise.all([keeping, dropping])
    expect(files()).toEqual([])
  })

  it('follows a renamed flow', async () => {
    const { drafts, files } = setUp()
    await drafts.keep('/folder', 'old.flow.json', document('Stale'), 'h0')
    await drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    await drafts.move('/folder', 'a.flow.json', 'old.flow.json')
    expect(await drafts.read('/folder', 'old.flow.json')).toEqual({
      document: document('One'),
      base: 'h1',
      keptAt: 1000
    })
    expect(files()).toHaveLength(1)
  })

  it('takes a damaged draft for none', async () => {
    const { userData, drafts, files } = setUp()
    await drafts.keep('/folder', 'a.flow.json', document('One'), 'h1')
    for (const text of ['', '{', 'null', '{"folder":"/folder","path":"a.flow.json"}']) {
      writeFileSync(join(userData, 'drafts', files()[0]!), text)
      expect(await drafts.read('/folder', 'a.flow.json')).toBeUndefined()
    }
  })
})
