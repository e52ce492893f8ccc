import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type Flow, type Step, writeFlow } from '../index.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { folderWith, people } from './newsletterFolder.ts'
import { step } from '../testing/step.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())

const mail = (id: string): Step =>
  step(id, 'send-email', `Mail ${id}`, {
    inputs: {
      To: { kind: 'constant', value: [{ address: 'ann@example.com' }] },
      From: { kind: 'constant', value: 'news@example.com' },
      Subject: { kind: 'constant', value: 'Hello' },
      Body: { kind: 'constant', value: 'Hello' }
    }
  })

const set = (id: string): Step =>
  step(id, 'set-value', `Set ${id}`, {
    settings: { Variable: 'Last' },
    inputs: { Value: { kind: 'constant', value: id } }
  })

/** Two mails at the same time; the flow gives the one that was sent last. */
const race: Flow = {
  id: 'race',
  name: 'Race',
  inputs: [],
  outputs: [{ name: 'Last', type: 'Text' }],
  variables: [{ name: 'Last', type: 'Text' }],
  steps: [
    step('start', 'start', 'Start'),
    step('both', 'parallel', 'Parallel'),
    mail('m1'),
    mail('m2'),
    set('one'),
    set('two'),
    step('join', 'join', 'Join'),
    step('end', 'end', 'End Step', { inputs: { Last: { kind: 'select', path: 'flow.Last' } } })
  ],
  connections: [
    { from: 'start', outcome: 'Done', to: 'both' },
    { from: 'both', outcome: 'Path 1', to: 'm1' },
    { from: 'both', outcome: 'Path 2', to: 'm2' },
    { from: 'm1', outcome: 'Done', to: 'one' },
    { from: 'm2', outcome: 'Done', to: 'two' },
    { from: 'one', outcome: 'Done', to: 'join' },
    { from: 'two', outcome: 'Done', to: 'join' },
    { from: 'join', outcome: 'Done', to: 'end' }
  ]
}

describe('tailrace search', () => {
  it('finds the order in which a flow comes to another result, the same each time, and leaves nothing behind', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'Race.flow.json'), writeFlow({ flow: race, layout: {} }))
    const { code, out } = await cli.run(['search', 'Race', '--folder', folder, '--seeds', '100'])
    expect([code, out[0]]).toEqual([
      1,
      expect.stringMatching(/^With seed \d+: replied “End Step” with .*, but with seed 0: /)
    ])
    expect(out[1]).toContain('RunStarted')
    expect(await cli.run(['search', 'Race', '--folder', folder, '--seeds', '100'])).toMatchObject({ code, out })
    const { out: json } = await cli.run(['search', 'Race', '--folder', folder, '--seeds', '100', '--json'])
    expect(JSON.parse(json[0] ?? '')).toMatchObject({ found: { seed: Number(/\d+/.exec(out[0] ?? '')?.[0]) } })
    expect(await readdir(folder)).toEqual(['Race.flow.json'])
  })

  it('says so when every order comes to the same', async () => {
    const folder = await folderWith(people(5))
    const { code, out } = await cli.run(['search', 'Newsletter', '--folder', folder, '--seeds', '20'])
    expect([code, out]).toEqual([
      0,
      ['20 orders of threads tried, always the same: replied “End Step” with {"Topic":"News"}, settled as completed.']
    ])
    expect((await readdir(folder)).sort()).toEqual(['Newsletter.flow.json', 'list.csv'])
  })
})
