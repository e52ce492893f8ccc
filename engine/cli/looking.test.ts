import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type Flow, writeFlow } from '../index.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { folderWith, newsletter, people } from './newsletterFolder.ts'
import { step } from '../testing/step.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())

/** Gives back what it is given. */
const echo: Flow = {
  id: 'echo',
  name: 'Echo',
  description: 'Says it again.',
  inputs: [
    { name: 'Day', type: 'Date', required: true },
    { name: 'Words', type: 'List of Text' },
    { name: 'Times', type: 'Number', initial: 2 }
  ],
  outputs: [{ name: 'Day', type: 'Date' }],
  steps: [
    step('start', 'start', 'Start'),
    step('log', 'log', 'Log', { inputs: { Message: { kind: 'merge', format: 'text', template: '{{flow.Words}}' } } }),
    step('end', 'end', 'Said', { inputs: { Day: { kind: 'select', path: 'flow.Day' } } })
  ],
  connections: [
    { from: 'start', outcome: 'Done', to: 'log' },
    { from: 'log', outcome: 'Done', to: 'end' }
  ]
}

async function echoFolder(): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(path.join(folder, 'Echo.flow.json'), writeFlow({ flow: echo, layout: {} }))
  return folder
}

describe('tailrace describe', () => {
  it('tells what a flow wants, how to write it, and what it gives', async () => {
    const folder = await echoFolder()
    const { code, out } = await cli.run(['describe', 'Echo', '--folder', folder])
    expect([code, out]).toEqual([
      0,
      [
        'Echo',
        '  Says it again.',
        '',
        'Inputs',
        '  Day (Date, required)',
        '    --input Day=2026-03-05',
        '  Words (List of Text)',
        `    --input 'Words=["Hello", ...]'`,
        '  Times (Number, 2 unless given)',
        '    --input Times=12.5',
        'Outcomes',
        '  Said',
        'Outputs',
        '  Day (Date)'
      ]
    ])
    const { out: json } = await cli.run(['describe', 'Echo', '--folder', folder, '--json'])
    expect(JSON.parse(json[0] ?? '')).toMatchObject({
      flow: 'Echo.flow.json',
      inputs: [{ name: 'Day', type: 'Date', required: true }, { name: 'Words' }, { name: 'Times', initial: 2 }],
      outcomes: ['Said'],
      outputs: [{ name: 'Day', type: 'Date' }]
    })
  })
})

describe('the inputs of a run', () => {
  it('are taken as described, also by pipe, and the reply alone is printed with --quiet', async () => {
    const folder = await echoFolder()
    const quiet = ['run', 'Echo', '--folder', folder, '--quiet']
    const { code, out } = await cli.run([...quiet, '--input', 'Day=2024-03-05', '--input', 'Words=["a"]'])
    expect([code, out.length]).toEqual([0, 2])
    expect(out[0]).toMatch(/Replied “Said”$/)
    expect(out[1]).toMatch(/Day = .*2024/)
    const piped = cli.start([...quiet, '--inputs', '-', '--json'])
    piped.process.stdin.end('{"Day": "2024-03-06"}')
    expect((await piped.finished).out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'Replied', outputs: { Day: { $type: 'Date', iso: '2024-03-06T00:00:00.000Z' } } }
    ])
  })

  it('stop nothing from running but themselves', async () => {
    const folder = await echoFolder()
    const { code, out, err } = await cli.run(['run', 'Echo', '--folder', folder, '--input', 'Day=soon'])
    expect([code, out, err]).toEqual([2, [], [expect.stringContaining('Write it as in --input Day=2026-03-05.')]])
    expect(await readdir(folder)).toEqual(['Echo.flow.json'])
  })

  it('cannot command the terminal', async () => {
    const folder = await echoFolder()
    const text = 'Words=\u001b[2J\u009b1m\rSettled: failed'
    const { code, out } = await cli.run([
      'run',
      'Echo',
      '--folder',
      folder,
      '--input',
      'Day=2024-03-05',
      '--input',
      text
    ])
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('\\u001b[2J\\u009b1m\\rSettled: failed')
    expect(out.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })
})

describe('a flow file', () => {
  it('is looked for in --folder before the current folder', async () => {
    const [here, there] = [await echoFolder(), await echoFolder()]
    await cli.run(['run', 'Echo', '--folder', there, '--input', 'Day=2024-03-05'], here)
    expect(await readdir(here)).toEqual(['Echo.flow.json'])
    expect(await readdir(there)).toContain('Process Folder')
  })

  it('that is none is named for what it is', async () => {
    const folder = await temporaryFolder()
    await mkdir(path.join(folder, 'x.flow.json'))
    const text = writeFlow({ flow: echo, layout: {} })
    await writeFile(path.join(folder, 'Wide.flow.json'), `\ufeff${text}`, 'utf16le')
    await writeFile(path.join(folder, 'Merged.flow.json'), `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`)
    for (const command of ['run', 'check', 'describe'])
      expect((await cli.run([command, 'x.flow.json'], folder)).err[0]).toContain('“x.flow.json” is a folder')
    expect((await cli.run(['run', 'Wide'], folder)).err[0]).toContain('it looks like UTF-16')
    expect((await cli.run(['run', 'Merged'], folder)).err[0]).toContain(
      'a conflict that git could not settle, from line 1'
    )
  })
})

describe('tailrace check --json', () => {
  it('tells every problem with the id of its rule', async () => {
    const folder = await folderWith(people(1))
    const { flow } = newsletter('list.csv')
    const ends = flow.steps.map((one) => (one.id === 'end' ? { ...one, name: '' } : one))
    await writeFile(
      path.join(folder, 'Nameless.flow.json'),
      writeFlow({ flow: { ...flow, steps: ends, connections: flow.connections.slice(1) }, layout: {} })
    )
    await writeFile(path.join(folder, 'Broken.flow.json'), '{')
    const { code, out } = await cli.run(['check', folder, '--json'])
    expect(code).toBe(2)
    const problems = out.map((line) => JSON.parse(line) as { readonly file: string; readonly rule: string })
    expect(problems).toContainEqual(
      expect.objectContaining({ file: 'Broken.flow.json', rule: 'flow-broken', severity: 'error' })
    )
    const rules = problems.filter(({ file }) => file === 'Nameless.flow.json').map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['step-name-empty', 'outcome-open']))
  })
})

describe('tailrace runs', () => {
  it('says why a run is suspended, and how it goes on where its folder is', async () => {
    const folder = await folderWith(people(100), { 'Rate limit': 20 })
    const journal = path.join(folder, 'runs')
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--journal', journal])
    await running.printed('10 of 100')
    running.process.kill('SIGTERM')
    await running.finished
    const [id = ''] = await readdir(path.join(journal, 'Newsletter'))
    const file = path.join(journal, 'Newsletter', id, 'run.json')
    const suspended = 'The run is suspended, because the disk is full.'
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), suspended }))
    const { out, err } = await cli.run(['runs', '--journal', journal])
    expect(out[0]).toContain(`${id} · Newsletter #1 · interrupted`)
    expect(out[1]).toBe(`  ${suspended}`)
    expect(err[0]).toContain(`tailrace resume ${id} --journal ${journal}`)
    const { out: json } = await cli.run(['runs', '--journal', journal, '--json'])
    expect(JSON.parse(json[0] ?? '')).toMatchObject({ number: 1, state: 'interrupted', suspended })
  })
})
