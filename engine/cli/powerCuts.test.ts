import { mkdirSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../host/files/temporaryFolder.ts'
import { readJournal } from '../host/index.ts'
import { testMailServer } from '../host/mail/testMailServer.ts'
import { chanceOf } from '../host/testing/chanceOf.ts'
import { faultRounds, faultTime, tellFaults } from '../host/testing/faultRounds.ts'
import { canMount, loopDisk } from '../host/testing/loopDisk.ts'
import { type Durability, type FlowDocument, type RunEvent, writeFlow } from '../index.ts'
import { type BuiltCli, buildCli } from './builtCli.ts'
import { people, step } from './commands/newsletterFolder.ts'

let cli: BuiltCli
beforeAll(() => void (cli = buildCli()), 120_000)
afterAll(() => cli.remove())

const [documents, addresses] = [40, people(30)]

/** Goes on in the background, writes documents four at a time and remembers them in a variable, then sends mails. */
const mixed = (durability: Durability): FlowDocument => ({
  flow: {
    id: 'mixed',
    name: 'Mixed',
    running: { durability },
    inputs: [],
    outputs: [{ name: 'Files', type: 'List of File' }],
    variables: [{ name: 'Files', type: 'List of File', initial: [] }],
    steps: [
      step('start', 'start', 'Start'),
      step('async', 'go-async', 'Go Async'),
      step('each', 'for-each', 'For Each', {
        settings: { 'At most': 4 },
        inputs: { Items: { kind: 'constant', value: Array.from({ length: documents }, (_, index) => index) } }
      }),
      step('add', 'add-document', 'Add Document', {
        inputs: {
          Name: { kind: 'merge', format: 'text', template: 'd{{item}}.txt' },
          Text: { kind: 'merge', format: 'text', template: 'document {{item}}' }
        },
        outputs: { Document: { kind: 'append', variable: 'Files' } }
      }),
      step('send', 'send-email', 'Send Email', {
        inputs: {
          To: {
            kind: 'list',
            items: addresses.map((value) => ({ kind: 'record', fields: { address: { kind: 'constant', value } } }))
          },
          From: { kind: 'constant', value: 'news@example.com' },
          Subject: { kind: 'constant', value: 'Hello' },
          Body: { kind: 'constant', value: 'Hello' }
        }
      }),
      // With debug, only what is older than a second is safe.
      step('pause', 'pause-flow', 'Pause Flow', {
        inputs: { Seconds: { kind: 'constant', value: durability === 'debug' ? 2 : 0 } }
      }),
      step('end', 'end', 'End Step', { inputs: { Files: { kind: 'select', path: 'flow.Files' } } })
    ],
    connections: [
      { from: 'start', outcome: 'Done', to: 'async' },
      { from: 'async', outcome: 'Done', to: 'each' },
      { from: 'each', outcome: 'Each', to: 'add' },
      { from: 'each', outcome: 'Done', to: 'send' },
      { from: 'send', outcome: 'Done', to: 'pause' },
      { from: 'send', outcome: 'Some Failed', to: 'pause' },
      { from: 'pause', outcome: 'Resume', to: 'end' }
    ]
  },
  layout: {}
})

/** The folder of the only run there is; undefined when there is none. */
async function onlyRun(folder: string): Promise<string | undefined> {
  const home = path.join(folder, 'Process Folder', 'Mixed')
  const runs = await readdir(home).catch(() => [])
  const run = runs.find((name) => /^\d/.test(name))
  return run === undefined ? undefined : path.join(home, run)
}

/** The documents in a run's folder, and the mails in its outbox. */
const filesOf = async (run: string): Promise<string[]> =>
  (await readdir(path.join(run, 'documents')).catch(() => [])).filter((name) => /^d.*\.txt$/.test(name)).sort()
const mailsOf = async (run: string): Promise<string[]> =>
  (await readdir(path.join(run, 'outbox')).catch(() => [])).filter((name) => name.endsWith('.eml'))

/** The addresses whose mails the journal calls sent, and those of which it only says that they began. */
function mailed(events: readonly RunEvent[]): { readonly done: readonly string[]; readonly open: readonly string[] } {
  const done = new Set<string>()
  const open = new Set<string>()
  for (const event of events) {
    if (event.event === 'EffectBegun' && event.item) open.add(event.item.label)
    if (event.event !== 'StepProgressed' || !event.item) continue
    open.delete(event.item.label)
    if (event.item.state === 'done') done.add(event.item.label)
  }
  return { done: [...done], open: [...open] }
}

describe.runIf(canMount)('a run whose computer loses its power, on a real disk', () => {
  const ways = (['debug', 'standard', 'strict'] as const).flatMap((durability) =>
    (['Outbox', 'SMTP'] as const).map((mail) => ({ durability, mail }))
  )

  it.each(ways)(
    'loses nothing that somebody was told, and is resumed to its end: $durability, $mail',
    { timeout: faultTime },
    async ({ durability, mail }) => {
      const chance = chanceOf(31)
      const counts = { cuts: 0, told: 0, documents: 0, mails: 0, open: 0, begun: 0 }
      for (let round = faultRounds(1, 12); round > 0; round--) {
        const disk = loopDisk(await temporaryFolder())
        onTestFinished(() => disk.release())
        const folder = path.join(disk.path, 'flows')
        mkdirSync(folder)
        await writeFile(path.join(folder, 'Mixed.flow.json'), writeFlow(mixed(durability)))
        const server = await testMailServer({ delay: 5 })
        const account = mail === 'SMTP' ? ['--mail', `smtp://127.0.0.1:${server.account.port}`] : []
        const args = ['--folder', folder, ...account, '--json']
        const { process: child, finished } = cli.start(['run', 'Mixed', ...args])
        while ((await onlyRun(folder)) === undefined) await pause(2)
        await pause((durability === 'debug' ? 1300 : 20) + chance() * 700)
        child.kill('SIGSTOP')
        await disk.cut(async () => {
          child.kill('SIGKILL')
          await finished
        })
        counts.cuts++
        const told = (await finished).out.map((line) => JSON.parse(line) as RunEvent)
        const run = await onlyRun(folder)
        const events = run === undefined ? [] : (await readJournal(run)).events
        if (durability !== 'debug' && told.some(({ event }) => event === 'Replied')) {
          counts.told++
          expect(events.some(({ event }) => event === 'Replied')).toBe(true)
        }
        if (durability === 'debug') expect(events.length).toBeGreaterThan(0)
        if (run === undefined || events.length === 0) continue
        counts.begun++
        const completed = events.filter((event) => event.event === 'StepCompleted' && event.step === 'add').length
        counts.documents += completed
        expect((await filesOf(run)).length).toBeGreaterThanOrEqual(completed)
        const { done, open } = mailed(events)
        counts.mails += done.length
        counts.open += open.length
        if (mail === 'Outbox') {
          const kept = await mailsOf(run)
          for (const address of done) expect(kept.some((name) => name.includes(address))).toBe(true)
        }

        // Nobody is asked about mails to the Outbox: it recognises those that it has.
        const inDoubt = mail === 'SMTP' ? ['--in-doubt', 'skip'] : []
        const last = await cli.run(['resume', path.basename(run), '--folder', folder, ...inDoubt])
        if (events.some(({ event }) => event === 'RunSettled'))
          expect(last.err).toEqual([expect.stringContaining('settled')])
        else expect([last.code, last.err]).toEqual([0, []])
        const after = (await readJournal(run)).events
        const ended = after.find(
          (event) => event.event === 'ThreadEnded' && event.outcome === 'End Step' && event.thread > 0
        )
        expect(ended?.event === 'ThreadEnded' && ended.outputs?.['Files']).toHaveLength(documents)
        const names = Array.from({ length: documents }, (_, index) => `d${index}.txt`)
        expect(await filesOf(run)).toEqual(names.sort())
        for (const name of names)
          expect(await readFile(path.join(run, 'documents', name), 'utf8')).toBe(
            `document ${name.slice(1, -'.txt'.length)}`
          )
        if (mail === 'Outbox') {
          const kept = await mailsOf(run)
          expect(
            addresses.filter((address) => kept.filter((name) => name.includes(` ${address}`)).length !== 1)
          ).toEqual([])
        } else if (durability !== 'debug')
          for (const address of addresses) {
            const times = server.received.filter(({ to }) => to.includes(address)).length
            expect([address, times, open.includes(address) ? times <= 1 : times === 1]).toEqual([address, times, true])
          }
      }
      tellFaults(`power cuts on a real disk, ${durability}, ${mail}`, counts)
    }
  )
})
