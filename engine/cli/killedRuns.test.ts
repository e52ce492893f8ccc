import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readJournal } from '../host/index.ts'
import { type TestMailServer, testMailServer } from '../host/mail/testMailServer.ts'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { type RunEvent, writeFlow } from '../index.ts'
import { type BuiltCli, buildCli, type Finished } from './builtCli.ts'
import { folderWith, people } from './newsletterFolder.ts'
import { step } from '../testing/step.ts'

/** Draws the moments at which processes are killed. */
const seed = 20_261_124

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())
vi.setConfig({ testTimeout: 180_000 })

/** A run that is killed now and then, and the mail server that outlives its processes. */
interface KilledRun {
  readonly folder: string
  readonly server: TestMailServer
}

/** The folder of the only run there is. */
async function runFolder({ folder }: KilledRun, flow = 'Newsletter'): Promise<string> {
  const home = path.join(folder, 'Process Folder', flow)
  const [run = ''] = (await readdir(home)).filter((name) => /^\d/.test(name))
  return path.join(home, run)
}

/** Starts a command that sends mails, and ends it without warning some milliseconds after the server has got so many. */
async function kill(
  { folder, server }: KilledRun,
  args: readonly string[],
  mails: number,
  delay: number
): Promise<void> {
  const { process: child, finished } = cli.start([...args, '--folder', folder])
  while (server.received.length < mails && child.exitCode === null) await pause(1)
  await pause(delay)
  child.kill('SIGKILL')
  const { code, err } = await finished
  expect({ code, err, mails: server.received.length }).toEqual({ code: null, err: [], mails: server.received.length })
}

/** The labels of the items that had begun and not ended, as the journal tells it. */
function inDoubt(events: readonly RunEvent[]): string[] {
  const begun = new Set<string>()
  for (const event of events) {
    if (event.event === 'EffectBegun' && event.item) begun.add(event.item.label)
    if (event.event === 'StepProgressed' && event.item) begun.delete(event.item.label)
  }
  return [...begun].sort()
}

/** How often each address got the mail. */
function times({ received }: TestMailServer): Map<string, number> {
  const all = new Map<string, number>()
  for (const address of received.flatMap(({ to }) => to)) all.set(address, (all.get(address) ?? 0) + 1)
  return all
}

const messageIds = ({ received }: TestMailServer, address: string): Set<string | undefined> =>
  new Set(
    received.filter(({ to }) => to.includes(address)).map(({ source }) => /^message-id: (.*)$/im.exec(source)?.[1])
  )

const mailTo = ({ account }: TestMailServer): string[] => ['--mail', `smtp://127.0.0.1:${String(account.port)}`]

/** The moments of the kills: after how many of `total` mails in all, and how many milliseconds after that. */
const moments = (count: number, total: number, series: number): { readonly mails: number; readonly delay: number }[] =>
  fc
    .sample(
      fc.tuple(
        fc.uniqueArray(fc.integer({ min: 1, max: total - 40 }), { minLength: count, maxLength: count }),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: count, maxLength: count })
      ),
      { seed: seed + series, numRuns: 1 }
    )
    .flatMap(([mails, delays]) =>
      mails.sort((one, other) => one - other).map((at, index) => ({ mails: at, delay: delays[index] ?? 0 }))
    )

const settledLine = ({ out }: Finished): string | undefined => out.find((line) => line.includes('Settled'))

describe('a run that is killed 5 times while it sends 1,200 mails', () => {
  const addresses = people(1200)

  it.each([
    { handling: 'retry', series: 1 },
    { handling: 'skip', series: 2 },
    { handling: 'retry', series: 3 },
    { handling: 'skip', series: 4 }
  ])(
    '($series) and 5 times resumed with --in-doubt $handling sends each once, but for those in flight',
    async (tried) => {
      const { handling, series } = tried
      const killed: KilledRun = { folder: await folderWith(addresses), server: await testMailServer() }
      const { folder, server } = killed
      const doubtful = new Set<string>()
      let command = ['run', 'Newsletter', ...mailTo(server)]
      for (const { mails, delay } of moments(5, addresses.length, series)) {
        await kill(killed, command, mails, delay)
        const run = await runFolder(killed)
        command = ['resume', path.basename(run), '--in-doubt', handling]
        const { events } = await readJournal(run)
        const open = inDoubt(events)
        expect(open.length).toBeLessThanOrEqual(2)
        for (const address of open) doubtful.add(address)
        if (handling === 'skip') for (const address of skipped(events)) expect(doubtful).toContain(address)
      }
      expect(await cli.run([...command, '--folder', folder])).toMatchObject({ code: 0, err: [] })

      const got = times(server)
      for (const address of addresses) {
        const count = got.get(address) ?? 0
        if (!doubtful.has(address)) expect([address, count]).toEqual([address, 1])
        else if (handling === 'skip') expect(count).toBeLessThanOrEqual(1)
        else {
          expect(count).toBeGreaterThanOrEqual(1)
          expect(messageIds(server, address).size).toBe(1)
        }
      }
      const { events } = await readJournal(await runFolder(killed))
      expect(events.filter(({ event }) => event === 'Replied')).toHaveLength(1)
      expect(events.at(-1)).toMatchObject({ event: 'RunSettled', state: 'completed' })
      const completed = events.find((event) => event.event === 'StepCompleted' && event.step === 'send')
      const left = handling === 'skip' ? doubtful.size : 0
      expect(completed).toMatchObject({ outputs: { Sent: addresses.length - left, Total: addresses.length } })
      expect(skipped(events).sort()).toEqual(handling === 'skip' ? [...doubtful].sort() : [])
    }
  )

  it('sends nothing before somebody has said what happens to those in flight, and names them', async () => {
    const killed: KilledRun = { folder: await folderWith(people(200)), server: await testMailServer({ delay: 20 }) }
    const { folder, server } = killed
    await kill(killed, ['run', 'Newsletter', ...mailTo(server)], 30, 5)
    const run = await runFolder(killed)
    const doubtful = inDoubt((await readJournal(run)).events)
    expect(doubtful.length).toBeGreaterThan(0)
    // What was handed over just before the end may still arrive.
    await pause(100)
    const before = server.received.length
    const { code, out, err } = await cli.run(['resume', path.basename(run), '--folder', folder])
    expect([code, out]).toEqual([2, []])
    expect(
      people(200)
        .filter((address) => err.some((line) => line.trim() === address))
        .sort()
    ).toEqual(doubtful)
    expect(server.received.length).toBe(before)
    expect((await readJournal(run)).events.some(({ event }) => event === 'RunResumed')).toBe(false)
  })
})

/** The recipients that were left out because nobody knew whether they had got the mail. */
const skipped = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.event === 'StepProgressed' && event.item?.state === 'failed' && event.item.detail?.includes('left out')
      ? [event.item.label]
      : []
  )

describe('a run that is killed in a For Each', () => {
  it('goes on with the item it was at', async () => {
    const addresses = people(60)
    const server = await testMailServer()
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'One by One.flow.json'), writeFlow(oneByOne(addresses)))
    const killed: KilledRun = { folder, server }
    const doubtful = new Set<string>()
    let command = ['run', 'One by One', ...mailTo(server)]
    for (const { mails, delay } of moments(3, addresses.length, 5)) {
      await kill(killed, command, mails, delay)
      const run = await runFolder(killed, 'One by One')
      for (const address of inDoubt((await readJournal(run)).events)) doubtful.add(address)
      command = ['resume', path.basename(run), '--in-doubt', 'retry']
    }
    const last = await cli.run([...command, '--folder', folder])
    expect([last.code, settledLine(last)]).toEqual([0, expect.stringContaining('completed')])
    for (const [address, count] of times(server))
      if (!doubtful.has(address)) expect([address, count]).toEqual([address, 1])
    expect([...times(server).keys()].sort()).toEqual([...addresses].sort())
    const { events } = await readJournal(await runFolder(killed, 'One by One'))
    const started = events.flatMap((event) => (event.event === 'StepStarted' ? [event.step] : []))
    expect(started.filter((id) => id === 'each')).toHaveLength(1)
    expect(started.filter((id) => id === 'send')).toHaveLength(addresses.length)
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'StepCompleted', step: 'each', outputs: expect.objectContaining({ Count: 60 }) })
    )
  })
})

/** Start, For Each address one Send Email, End Step. */
const oneByOne = (addresses: readonly string[]): Parameters<typeof writeFlow>[0] => ({
  flow: {
    id: 'one-by-one',
    name: 'One by One',
    inputs: [],
    outputs: [],
    steps: [
      step('start', 'start', 'Start'),
      step('each', 'for-each', 'For Each', { inputs: { Items: { kind: 'constant', value: [...addresses] } } }),
      step('send', 'send-email', 'Send Email 1', {
        inputs: {
          To: { kind: 'list', items: [{ kind: 'record', fields: { address: { kind: 'select', path: 'item' } } }] },
          From: { kind: 'constant', value: 'news@example.com' },
          Subject: { kind: 'constant', value: 'Hello' },
          Body: { kind: 'constant', value: 'Hello' }
        }
      }),
      step('end', 'end', 'End Step')
    ],
    connections: [
      { from: 'start', outcome: 'Done', to: 'each' },
      { from: 'each', outcome: 'Each', to: 'send' },
      { from: 'each', outcome: 'Done', to: 'end' }
    ]
  },
  layout: {}
})
