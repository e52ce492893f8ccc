import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readJournal } from '../host/index.ts'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { testMailServer } from '../host/mail/testMailServer.ts'
import { writeFlow } from '../index.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { eventsOf, folderWith, newsletter, people } from './newsletterFolder.ts'
import { step } from '../testing/step.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())
vi.setConfig({ testTimeout: 60_000 })

const homeOf = (folder: string): string => path.join(folder, 'Process Folder', 'Newsletter')
const idIn = async (folder: string): Promise<string> => (await readdir(homeOf(folder)))[0] ?? ''
const mailTo = (server: { account: { port: number } }): string => `smtp://127.0.0.1:${server.account.port}`

/** The newsletter without Go Async, and without a way for mails that are refused. */
async function strictFolder(addresses: readonly string[]): Promise<string> {
  const folder = await folderWith(addresses)
  const { flow, layout } = newsletter('list.csv')
  const connections = [
    { from: 'start', outcome: 'Done', to: 'list' },
    { from: 'list', outcome: 'Done', to: 'send' },
    { from: 'list', outcome: 'Empty', to: 'empty' },
    { from: 'send', outcome: 'Done', to: 'end' }
  ]
  const steps = flow.steps.filter(({ id }) => id !== 'async')
  await writeFile(
    path.join(folder, 'Newsletter.flow.json'),
    writeFlow({ flow: { ...flow, steps, connections }, layout })
  )
  return folder
}

describe('tailrace retry', () => {
  it('sends the mails again that were refused, and no others; the caller gets the reply', async () => {
    const folder = await strictFolder(people(20))
    const refuse = new Map([['person3@example.com', 'Mailbox full']])
    const server = await testMailServer({ refuse })
    const failed = await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', mailTo(server)])
    expect(failed.code).toBe(1)
    const id = await idIn(folder)
    const shown = await cli.run(['show', id, '--folder', folder])
    expect(shown.err.join('\n')).toContain(`tailrace retry ${id} --folder ${folder}`)

    const again = await cli.run(['retry', id, '--folder', folder])
    expect(again.code).toBe(1)
    expect(server.received).toHaveLength(19)

    refuse.clear()
    const { code, out, err } = await cli.run(['retry', id.slice(0, 17), '--folder', folder])
    expect([code, err]).toEqual([0, []])
    expect(out[0]).toBe(`Newsletter · run ${id} · retried`)
    expect(out.join('\n')).toMatch(/Retried from “Send Email 1”\n/)
    expect(out.join('\n')).toMatch(/Main +Replied “End Step”/)
    expect(server.received.flatMap(({ to }) => to).toSorted()).toEqual(people(20).toSorted())
    const listed = await cli.run(['runs', '--folder', folder])
    expect(listed.out[0]).toContain('completed · retried 2 times')
    expect(await cli.run(['retry', id, '--folder', folder])).toMatchObject({
      code: 2,
      err: [expect.stringContaining('has not failed: all of it is done'), expect.anything()]
    })
  })

  it('leaves the reply as it was when only the background had failed', async () => {
    const folder = await folderWith(people(5))
    const none = await testMailServer()
    await none.close()
    expect((await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', mailTo(none)])).code).toBe(3)
    const server = await testMailServer()
    const retry = ['retry', await idIn(folder), '--folder', folder, '--mail', mailTo(server), '--json']
    const { code, out } = await cli.run(retry)
    expect(code).toBe(0)
    const events = eventsOf(out)
    expect(events.slice(0, 2)).toMatchObject([
      { event: 'RunRetried', threads: [1], steps: [{ thread: 1, step: 'send' }] },
      { event: 'RunResumed' }
    ])
    expect(events.filter(({ event }) => event === 'Replied')).toEqual([])
    expect(events.at(-1)).toMatchObject({ event: 'RunSettled', state: 'completed' })
    expect(server.received).toHaveLength(5)
    const kept = await readJournal(path.join(homeOf(folder), await idIn(folder)))
    expect([kept.ended, kept.damagedAt, kept.torn]).toEqual([true, undefined, undefined])
    expect(kept.events.slice(-events.length)).toEqual(events)
  })

  it('goes on after it was stopped itself, by a resume', async () => {
    const folder = await strictFolder(people(40))
    const refuse = new Map(people(30).map((address) => [address, 'Not now']))
    const server = await testMailServer({ refuse, delay: 30 })
    expect((await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', mailTo(server)])).code).toBe(1)
    const id = await idIn(folder)
    refuse.clear()
    const running = cli.start(['retry', id, '--folder', folder])
    await running.printed('20 of 40')
    running.process.kill('SIGKILL')
    await running.finished
    const refused = await cli.run(['retry', id, '--folder', folder])
    expect(refused).toMatchObject({
      code: 2,
      err: [expect.stringContaining(`tailrace resume ${id}`), expect.anything()]
    })
    expect((await cli.run(['resume', id, '--folder', folder, '--in-doubt', 'skip'])).code).toBe(1)
    const got = server.received.flatMap(({ to }) => to)
    expect(got.toSorted()).toEqual([...new Set(got)].toSorted())
    // Whoever was left out stays so, until somebody says otherwise.
    expect((await cli.run(['retry', id, '--folder', folder])).code).toBe(1)
    expect((await cli.run(['retry', id, '--folder', folder, '--in-doubt', 'retry'])).code).toBe(0)
    expect(new Set(server.received.flatMap(({ to }) => to))).toEqual(new Set(people(40)))
  })

  it('does nothing with a run in a copied folder, and says what it would do', async () => {
    const folder = await strictFolder(people(3))
    const server = await testMailServer({ refuse: new Map([['person1@example.com', 'Mailbox full']]) })
    expect((await cli.run(['run', 'Newsletter', '--folder', folder, '--mail', mailTo(server)])).code).toBe(1)
    const copy = path.join(await temporaryFolder(), 'copy')
    await cp(folder, copy, { recursive: true })
    const id = await idIn(copy)
    const { code, err } = await cli.run(['retry', id, '--folder', copy])
    expect(code).toBe(2)
    expect(err[1]).toContain('“Newsletter” would go on at “Send Email 1” (2 of 3)')
    expect(err[2]).toContain(`tailrace retry ${id} --folder ${copy} --trust`)
    expect(await cli.run(['retry', id, '--folder', copy, '--trust', '--quiet'])).toMatchObject({ code: 0, err: [] })
    expect(await readdir(path.join(homeOf(copy), id, 'outbox'))).toContainEqual(expect.stringMatching(/\.eml$/))
    expect(server.received).toHaveLength(2)
  })

  it('refuses a run that failed where no other attempt could go on, and writes nothing', async () => {
    const folder = await temporaryFolder()
    const steps = [step('start', 'start', 'Start'), step('if', 'if', 'If'), step('end', 'end', 'End Step')]
    const flow = {
      ...newsletter('').flow,
      inputs: [],
      outputs: [],
      steps: steps.map((one) =>
        one.id === 'if' ? { ...one, inputs: { Condition: { kind: 'constant' as const, value: false } } } : one
      ),
      connections: [
        { from: 'start', outcome: 'Done', to: 'if' },
        { from: 'if', outcome: 'True', to: 'end' }
      ]
    }
    await writeFile(path.join(folder, 'Newsletter.flow.json'), writeFlow({ flow, layout: {} }))
    expect((await cli.run(['run', 'Newsletter', '--folder', folder])).code).toBe(1)
    const id = await idIn(folder)
    const journal = path.join(homeOf(folder), id, 'journal.jsonl')
    const before = await readFile(journal, 'utf8')
    const { code, err } = await cli.run(['retry', id, '--folder', folder])
    expect(code).toBe(2)
    expect(err.join('\n')).toContain('Another attempt would end in the same way')
    expect(await readFile(journal, 'utf8')).toBe(before)
    await appendFile(journal, 'torn')
    expect((await cli.run(['runs', '--folder', folder])).out[0]).toContain('failed')
  })
})
