import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { version } from '../../package.json'
import { writeFlow } from '../index.ts'
import { readJournal } from '../host/index.ts'
import { type TestMailServer, testMailServer } from '../host/mail/testMailServer.ts'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { eventsOf, folderWith, newsletter, people } from './newsletterFolder.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())
vi.setConfig({ testTimeout: 60_000 })

describe('tailrace', () => {
  it('tells its version and what it can do', async () => {
    expect(await cli.run(['--version'])).toMatchObject({ code: 0, out: [version] })
    const { code, out } = await cli.run(['--help'])
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('run FLOW')
  })

  it('ends with 2 and a sentence when used wrongly', async () => {
    const wrong: [string[], string][] = [
      [[], 'Say what to do'],
      [['resume'], 'Say which run to resume'],
      [['resume', 'x', 'y'], '“y” is one word too many'],
      [['resume', 'x'], 'There is no run “x” in'],
      [['resume', 'x', '--in-doubt', 'perhaps'], '“perhaps” is not possible here. Write ask, retry or skip.'],
      [['test'], 'There is no command “test”'],
      [['run'], 'Say which flow'],
      [['run', 'No Such Flow'], 'There is no flow “No Such Flow” here'],
      [['run', 'a', '--fodler', '.'], '--fodler'],
      [['run', 'a', '--timeout', 'soon'], '“soon” is no time'],
      [['run', 'a', '--folder', 'x', '--folder', 'y'], '--folder was given twice'],
      [['check'], 'Say what to check'],
      [['check', 'nothing.flow.json'], 'There is nothing at “nothing.flow.json”'],
      [['runs', '--folder', 'nowhere'], 'There is no folder “nowhere”']
    ]
    for (const [args, sentence] of wrong) {
      const { code, out, err } = await cli.run(args)
      expect(err.join('\n')).toContain(sentence)
      expect(err.join('\n')).not.toMatch(/\n\s+at /)
      expect([code, out]).toEqual([2, []])
    }
  })
})

describe('tailrace run', () => {
  it('prints every event as in the journal, the reply long before the end', async () => {
    const folder = await folderWith(people(200))
    const server = await testMailServer()
    const { code, out, err } = await cli.run([
      'run',
      path.join(folder, 'Newsletter.flow.json'),
      '--json',
      '--input',
      'Topic=Summer sale',
      '--mail',
      `smtp://127.0.0.1:${server.account.port}`
    ])
    expect([code, err]).toEqual([0, []])
    const events = eventsOf(out)
    const replied = events.findIndex(({ event }) => event === 'Replied')
    expect(events[replied]).toMatchObject({ outcome: 'End Step', outputs: { Topic: 'Summer sale' } })
    expect(events.findIndex(({ event }) => event === 'StepProgressed')).toBeGreaterThan(replied)
    expect(events.at(-1)).toMatchObject({ event: 'RunSettled', state: 'completed' })
    expect(new Set(server.received.flatMap(({ to }) => to)).size).toBe(200)
    expect(server.received[0]?.source).toContain('Summer sale for person')

    const home = path.join(folder, 'Process Folder', 'Newsletter')
    const [run = ''] = await readdir(home)
    expect((await readJournal(path.join(home, run))).events).toEqual(events)
  })

  it('tells people what happens, step by step', async () => {
    const folder = await folderWith(people(20))
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder])
    const text = out.join('\n')
    expect(code).toBe(0)
    expect(text).toMatch(/Main +Replied “End Step”\n +Topic = News/)
    expect(text).toMatch(/Background 1 +Send Email 1 {2}20 of 20/)
    expect(text).toContain('Settled: completed')
    expect(text).toContain(path.join(folder, 'Process Folder', 'Newsletter'))
  })

  it('runs where code may not be generated', async () => {
    vi.stubEnv('NODE_OPTIONS', '--disallow-code-generation-from-strings')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', await folderWith(people(2))])
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/Replied “End Step”\n +Topic = News/)
  })

  it('names refused recipients and ends with 0', async () => {
    const folder = await folderWith(people(30))
    const server = await testMailServer({ refuse: new Map(people(10).map((address) => [address, 'No such user'])) })
    const mail = `smtp://127.0.0.1:${server.account.port}`
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder, '--json', '--mail', mail])
    expect(code).toBe(0)
    expect(eventsOf(out)).toContainEqual(
      expect.objectContaining({
        event: 'StepCompleted',
        outcome: 'Some Failed',
        outputs: expect.objectContaining({
          Sent: 20,
          Failed: expect.arrayContaining(people(10).map((address) => ({ address, reason: '550 No such user' })))
        })
      })
    )
  })

  it('ends with 3 when there is no mail server, the reply unharmed', async () => {
    const folder = await folderWith(people(5))
    const server = await testMailServer()
    await server.close()
    const mail = `smtp://127.0.0.1:${server.account.port}`
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', mail])
    expect(code).toBe(3)
    expect(out.join('\n')).toContain('Replied “End Step”')
    expect(out.join('\n')).toContain(
      `Send Email 1 failed: The mail server “127.0.0.1:${server.account.port}” cannot be used: the connection was refused.`
    )
  })

  it('ends with 1 when the flow fails, saying why', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'a.flow.json'), writeFlow(newsletter('none.csv')))
    const { code, out } = await cli.run(['run', 'a.flow.json'], folder)
    expect(code).toBe(1)
    expect(out.join('\n')).toContain('There is no document “none.csv”')
  })

  it('ends with 0 along another End Step when the list is empty', async () => {
    const folder = await folderWith([])
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder])
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('Replied “No Subscribers”')
    expect(out.join('\n')).toContain('The list is empty')
  })

  it('goes on with the good rows of a list with 50 bad ones', async () => {
    const folder = await folderWith([...people(10), ...Array.from({ length: 50 }, (_, i) => `bad ${i}`)])
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder])
    expect(code).toBe(0)
    expect(out.join('\n')).toContain('50 rows hold no valid address')
    expect(out.join('\n')).toContain('10 of 10')
  })

  it('ends with 2 for a flow that is invalid, broken or newer, and changes nothing', async () => {
    const folder = await temporaryFolder()
    const { flow } = newsletter('list.csv')
    const files: Record<string, string> = {
      'invalid.flow.json': writeFlow({ flow: { ...flow, connections: [] }, layout: {} }),
      'broken.flow.json': '{"format": "tailrace-flow",',
      'newer.flow.json': '{"format": "tailrace-flow", "version": 999}'
    }
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(folder, name), text)
      const { code, out, err } = await cli.run(['run', name], folder)
      expect([code, out]).toEqual([2, []])
      expect(err.at(-1)).toMatch(/^The flow “/)
      expect(await readFile(path.join(folder, name), 'utf8')).toBe(text)
    }
    expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort())
  })

  it('refuses unknown inputs and accounts before anything runs', async () => {
    const folder = await folderWith(people(1))
    const input = await cli.run(['run', 'Newsletter', '--folder', folder, '--input', 'Tpoic=x'])
    expect(input).toMatchObject({ code: 2, err: [expect.stringContaining('“Tpoic”')] })
    const account = await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', 'Post'])
    expect(account).toMatchObject({ code: 2, err: [expect.stringContaining('There is no mail account “Post”')] })
  })

  it('is not disturbed by a reader that goes away', async () => {
    const folder = await folderWith(people(100))
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--json'])
    await running.printed('RunStarted')
    running.process.stdout.destroy()
    expect((await running.finished).code).toBe(0)
    const { out } = await cli.run(['runs', '--folder', folder, '--json'])
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ state: 'completed' }])
  })

  it('stops at Ctrl+C', async () => {
    const folder = await folderWith(people(100), { 'Rate limit': 1 })
    const running = cli.start(['run', 'Newsletter', '--folder', folder])
    await running.printed('Send Email 1  0 of 100')
    running.process.kill('SIGINT')
    const { code, out } = await running.finished
    expect(code).toBe(3)
    expect(out.join('\n')).toContain('Settled: cancelled')
  })

  it('with --no-wait ends at the reply, and the background goes on without it', async () => {
    const folder = await folderWith(people(30), { 'Rate limit': 20 })
    const journal = path.join(folder, 'runs')
    const { code, out } = await cli.run(['run', 'Newsletter', '--folder', folder, '--journal', journal, '--no-wait'])
    expect(code).toBe(0)
    expect(out.at(-1)).toMatch(/^The background part of the run \S+ goes on in process \d+/)
    const state = async (): Promise<unknown> => {
      const list = await cli.run(['runs', '--journal', journal, '--json'])
      return JSON.parse(list.out[0] ?? '{}')
    }
    expect(await state()).toMatchObject({ reply: { outcome: 'End Step' } })
    await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'completed', background: 0 }), {
      timeout: 30_000,
      interval: 200
    })
    expect(await readdir(folder)).not.toContain('Process Folder')
  })

  it('killed in the middle, leaves a journal that tells the run as interrupted', async () => {
    const folder = await folderWith(people(100), { 'Rate limit': 20 })
    const running = cli.start(['run', 'Newsletter', '--folder', folder])
    await running.printed('10 of 100')
    running.process.kill('SIGKILL')
    await running.finished
    const { out } = await cli.run(['runs', '--folder', folder, '--json'])
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { state: 'interrupted', flow: 'Newsletter.flow.json', reply: { outcome: 'End Step' }, settled: null }
    ])
  })
})

describe('tailrace resume', () => {
  const idIn = async (folder: string): Promise<string> =>
    (await readdir(path.join(folder, 'Process Folder', 'Newsletter')))[0] ?? ''

  it('goes on with a run that SIGTERM has stopped, and everybody gets one mail', async () => {
    const folder = await folderWith(people(60))
    const server = await testMailServer({ delay: 20 })
    const address = `smtp://127.0.0.1:${server.account.port}`
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--mail', address])
    await running.printed('6 of 60')
    running.process.kill('SIGTERM')
    const stopped = await running.finished
    const id = await idIn(folder)
    expect(stopped.code).toBe(143)
    expect(stopped.err.join('\n')).toContain(`It goes on with: tailrace resume ${id} --folder ${folder}`)
    expect(server.received.length).toBeLessThan(60)

    const { code, out, err } = await cli.run(['resume', id.slice(0, 17), '--folder', folder])
    expect([code, err]).toEqual([0, []])
    expect(out[0]).toBe(`Newsletter · run ${id} · resumed`)
    expect(out[1]).toMatch(
      /^Already there: \d+ events · replied “End Step” after 0\.\d+ s · Send Email 1 {2}\d+ of 60$/
    )
    expect(out[2]).toMatch(/^ +\d+\.\d+ s {2}Resumed$/)
    expect(out.join('\n')).toContain('Settled: completed')
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual(people(60).sort())
    expect(await cli.run(['resume', id, '--folder', folder])).toMatchObject({ code: 2, out: [] })
  })

  it('lists who is in doubt and does nothing, until it is said what happens to them', async () => {
    const folder = await folderWith(people(40))
    const server = await testMailServer({ delay: 60 })
    const address = `smtp://127.0.0.1:${server.account.port}`
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--mail', address])
    await running.printed('8 of 40')
    running.process.kill('SIGKILL')
    await running.finished
    const listed = await cli.run(['runs', '--folder', folder])
    const id = await idIn(folder)
    expect(listed.out[0]).toContain('interrupted')
    expect(listed.err.join('\n')).toContain(`tailrace resume ${id}`)

    const asked = await cli.run(['resume', id, '--folder', folder])
    expect([asked.code, asked.out]).toEqual([2, []])
    const doubtful = asked.err.filter((line) => line.startsWith('  ')).map((line) => line.trim())
    expect(asked.err[0]).toMatch(/^In doubt: [12] items? of “Send Email 1” of “Newsletter”/)
    expect(doubtful.length).toBeLessThanOrEqual(2)
    expect(asked.err.at(-1)).toContain(`tailrace resume ${id} --folder ${folder} --in-doubt retry`)

    const { code, out } = await cli.run(['resume', id, '--folder', folder, '--in-doubt', 'retry', '--json'])
    expect(code).toBe(0)
    expect(eventsOf(out)[0]).toMatchObject({ event: 'RunResumed', inDoubt: 'retry' })
    expect(eventsOf(out).at(-1)).toMatchObject({ event: 'RunSettled', state: 'completed' })
    const got = server.received.flatMap(({ to }) => to)
    expect(people(40).filter((one) => !got.includes(one))).toEqual([])
    const twice = got.filter((one, index) => got.indexOf(one) !== index)
    expect(twice.filter((one) => !doubtful.includes(one))).toEqual([])
  })

  it('asks for more of an id that several runs begin with', async () => {
    const folder = await folderWith(people(1))
    for (let run = 0; run < 2; run++) await cli.run(['run', 'Newsletter', '--folder', folder])
    const { code, err } = await cli.run(['resume', '2', '--folder', folder])
    expect(code).toBe(2)
    expect(err[0]).toContain('“2” is the beginning of several runs')
  })

  it('finds the Designer Folder of a run that is kept elsewhere', async () => {
    const folder = await folderWith(people(40))
    const journal = path.join(await temporaryFolder(), 'runs')
    const server = await testMailServer({ delay: 20 })
    const address = `smtp://127.0.0.1:${server.account.port}`
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--mail', address, '--journal', journal])
    await running.printed('4 of 40')
    running.process.kill('SIGTERM')
    await running.finished
    expect(await cli.run(['resume', '2', '--journal', journal])).toMatchObject({ code: 0, err: [] })
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual(people(40).sort())
  })
})

describe('tailrace resume, of a run in a copied folder', () => {
  /** A copy of a Designer Folder with a run that was interrupted while it sent mails to a server. */
  async function copied(server: TestMailServer): Promise<{ readonly folder: string; readonly run: string }> {
    const folder = await folderWith(people(40))
    const address = `smtp://127.0.0.1:${server.account.port}`
    const running = cli.start(['run', 'Newsletter', '--folder', folder, '--mail', address])
    await running.printed('4 of 40')
    running.process.kill('SIGTERM')
    await running.finished
    const copy = path.join(await temporaryFolder(), 'copy')
    await cp(folder, copy, { recursive: true })
    const [run = ''] = await readdir(path.join(copy, 'Process Folder', 'Newsletter'))
    return { folder: copy, run }
  }

  it('does nothing, and says what it would do', async () => {
    const server = await testMailServer({ delay: 20 })
    const { folder, run } = await copied(server)
    const [sent, connections] = [server.received.length, server.connections()]
    const journal = path.join(folder, 'Process Folder', 'Newsletter', run, 'journal.jsonl')
    const bytes = await readFile(journal)
    const { code, out, err } = await cli.run(['resume', run, '--folder', folder, '--in-doubt', 'retry'])
    expect([code, out]).toEqual([2, []])
    expect(err[0]).toContain(`The run ${run} was not started by this installation, so it does not go on`)
    expect(err[1]).toMatch(
      /^With --trust, “Newsletter” would go on at “Send Email 1” \(\d+ of 40\), with the documents of/
    )
    expect(err[1]).toMatch(/its mails would go to Outbox\.$/)
    expect(err[2]).toContain(`tailrace resume ${run} --folder ${folder} --trust`)
    expect(await readFile(journal)).toEqual(bytes)
    expect([server.received.length, server.connections()]).toEqual([sent, connections])
    expect((await cli.run(['runs', '--folder', folder])).err).toEqual([])
  })

  it('goes on with --trust, by an account of the person who says so', async () => {
    const server = await testMailServer({ delay: 20 })
    const { folder, run } = await copied(server)
    const sent = server.received.length
    expect(await cli.run(['resume', run, '--folder', folder, '--trust'])).toMatchObject({ code: 0, err: [] })
    expect(server.received).toHaveLength(sent)
    const outbox = path.join(folder, 'Process Folder', 'Newsletter', run, 'outbox')
    expect((await readdir(outbox)).filter((name) => name.endsWith('.eml'))).toHaveLength(40 - sent)
  })
})

describe('tailrace check', () => {
  it('tells the problems of all flows under a folder, with file and step', async () => {
    const folder = await folderWith(people(1))
    await mkdir(path.join(folder, 'sub'))
    const { flow } = newsletter('list.csv')
    const open = { ...flow, id: 'open', name: 'Open', connections: flow.connections.slice(1) }
    await writeFile(path.join(folder, 'sub', 'Open.flow.json'), writeFlow({ flow: open, layout: {} }))
    await writeFile(path.join(folder, 'sub', 'Broken.flow.json'), '{')
    const { code, out } = await cli.run(['check', folder])
    expect(code).toBe(2)
    expect(out[0]).toBe('Newsletter.flow.json')
    expect(out).toContain('sub/Open.flow.json')
    expect(out.join('\n')).toMatch(/sub\/Broken\.flow\.json\n {2}error/)
    expect(out.join('\n')).toMatch(/error +(Start|Email Address List)/)
    expect(out.at(-1)).toMatch(/^3 flows checked: \d+ errors/)
  })

  it('ends with 0 when there is no error', async () => {
    const folder = await folderWith(people(1))
    expect(await cli.run(['check', path.join(folder, 'Newsletter.flow.json')])).toMatchObject({ code: 0, err: [] })
  })
})

describe('tailrace demo', () => {
  it('runs the example on a copy of the samples', async () => {
    const running = cli.start(['demo'])
    expect(await running.printed('Replied')).toContain('End Step')
    await running.printed('120 of 1,200')
    running.process.kill('SIGINT')
    expect((await running.finished).out.join('\n')).toContain('Settled: cancelled')
  })
})
