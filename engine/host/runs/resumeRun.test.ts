import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FlowDocument, Running, Step } from '../../model/index.ts'
import type { RunEvent } from '../../run/index.ts'
import { type DesignerFolder, designerFolder } from '../folder/designerFolder.ts'
import { readJournal } from '../journal/readJournal.ts'
import { type Installation, openInstallation } from '../installation/installation.ts'
import { type ReceivedMail, testMailServer, type TestMailServer } from '../mail/testMailServer.ts'
import { RunInDoubt, resumeRun } from './resumeRun.ts'
import { listRuns } from './runsList.ts'
import type { StartedRun } from './carryRun.ts'
import { startRun } from './startRun.ts'
import { step } from '../../testing/step.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

const people = Array.from({ length: 40 }, (_, index) => `person${index}@example.com`)

/** Start, Go Async, Send Email to 40 people, End Step. */
function newsletter(settings: Step['settings'], running: Running | undefined): FlowDocument {
  const flow = {
    id: 'newsletter',
    name: 'Newsletter',
    inputs: [],
    outputs: [],
    ...(running && { running }),
    steps: [
      step('start', 'start', 'Start'),
      step('async', 'go-async', 'Go Async 1', { settings: { 'Caller outcome': 'end' } }),
      step('send', 'send-email', 'Send Email 1', {
        settings,
        inputs: {
          To: { kind: 'constant', value: people },
          From: { kind: 'constant', value: 'news@example.com' },
          Subject: { kind: 'constant', value: 'News' },
          Body: { kind: 'constant', value: 'Hello' }
        }
      }),
      step('end', 'end', 'End Step')
    ],
    connections: [
      { from: 'start', outcome: 'Done', to: 'async' },
      { from: 'async', outcome: 'Done', to: 'send' },
      { from: 'send', outcome: 'Done', to: 'end' },
      { from: 'send', outcome: 'Some Failed', to: 'end' }
    ]
  }
  return { flow, layout: {} }
}

let installation: Installation
beforeEach(async () => {
  installation = openInstallation(await temporaryFolder())
})

const newFolder = async (): Promise<DesignerFolder> => designerFolder(await temporaryFolder(), () => 'new')

const start = (
  folder: DesignerFolder,
  { account }: TestMailServer,
  settings: Step['settings'] = {},
  running?: Running
): Promise<StartedRun> =>
  startRun({
    folder,
    installation,
    path: 'Newsletter.flow.json',
    document: newsletter(settings, running),
    mail: account.name,
    accounts: [account]
  })

const recipients = (received: readonly ReceivedMail[]): string[] => received.flatMap(({ to }) => to)
const until = async (so: () => boolean): Promise<void> => {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 2))
}
const stateIn = async (folder: DesignerFolder) =>
  (await listRuns(path.join(folder.root, 'Process Folder'))).map(({ state }) => state)

/** A run's folder as it is now, without the process that carries it: as if that had been killed at this moment. */
async function asKilled({ processFolder }: StartedRun): Promise<string> {
  const copy = path.join(path.dirname(processFolder.path), '2026-01-02-030405-dead')
  await cp(processFolder.path, copy, { recursive: true })
  const start = await installation.startOf(processFolder.path)
  if (start) await installation.keepStart(copy, start)
  for (const name of await readdir(copy)) if (/^running.*\.json$/.test(name)) await rm(path.join(copy, name))
  return copy
}

/** A run that is killed while its server has two mails in hand and says nothing; afterwards the server works again. */
async function killedInDoubt(settings: Step['settings'] = {}) {
  const folder = await newFolder()
  const server = await testMailServer({ delay: 30 })
  const run = await start(folder, server, settings)
  await until(() => server.received.length >= 10)
  const killed = await asKilled(run)
  run.cancel()
  await run.settled
  // The server may have a mail in hand that was not called off in time.
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = (await readJournal(killed)).events
  const ended = before.flatMap((event) => (event.event === 'StepProgressed' && event.item ? [event.item.label] : []))
  const begun = before.flatMap((event) => (event.event === 'EffectBegun' && event.item ? [event.item.label] : []))
  const doubtful = begun.filter((label) => !ended.includes(label))
  return { server, killed, ended, doubtful, arrived: server.received.length }
}

describe('a run that is resumed', () => {
  it('sends everybody one mail, when it was suspended in the midst of them', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    await until(() => server.received.length >= 10)
    await run.suspend()
    expect(server.received.length).toBeLessThan(40)
    expect(await stateIn(folder)).toEqual(['interrupted'])

    const seen: RunEvent[] = []
    const past: RunEvent[] = []
    const again = await resumeRun({
      installation,
      run: run.processFolder.path,
      accounts: [server.account],
      onPast: (events) => past.push(...events),
      onEvent: (event) => seen.push(event)
    })
    expect(await stateIn(folder)).toEqual(['running'])
    expect(await again.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(await again.settled).toEqual({ state: 'completed' })
    expect(recipients(server.received).sort()).toEqual([...people].sort())
    expect(await stateIn(folder)).toEqual(['completed'])
    expect(again.past).toEqual(past)
    expect(seen[0]).toMatchObject({ event: 'RunResumed', epoch: 2, seq: past.length + 1 })
    expect((await readJournal(run.processFolder.path)).events).toEqual([...past, ...seen])
  })

  it('is left as it was while nobody says what happens to what is in doubt', async () => {
    const { server, killed, doubtful, arrived } = await killedInDoubt()
    expect(doubtful.length).toBeGreaterThan(0)
    const bytes = await readFile(path.join(killed, 'journal.jsonl'))
    const visible = async (): Promise<string[]> => (await readdir(killed)).filter((name) => !name.startsWith('.'))
    const names = await visible()
    for (let time = 0; time < 2; time++) {
      const refused = await resumeRun({ installation, run: killed, accounts: [server.account] }).catch(
        (error: unknown) => error
      )
      if (!(refused instanceof RunInDoubt)) throw refused
      expect(refused.code).toBe('run-in-doubt')
      expect(refused.doubts).toMatchObject([{ name: 'Send Email 1', handling: 'ask' }])
      expect(refused.doubts[0]?.items.map(({ label }) => label).sort()).toEqual(doubtful.sort())
    }
    expect(await readFile(path.join(killed, 'journal.jsonl'))).toEqual(bytes)
    expect(await visible()).toEqual(names)
    expect(server.received).toHaveLength(arrived)
  })

  it('sends again what is in doubt, with the same Message-ID, and nothing else', async () => {
    const { server, killed, ended, doubtful, arrived } = await killedInDoubt()
    const run = await resumeRun({ installation, run: killed, accounts: [server.account], inDoubt: 'retry' })
    expect(await run.settled).toEqual({ state: 'completed' })
    const later = recipients(server.received.slice(arrived))
    expect(later.sort()).toEqual(people.filter((one) => !ended.includes(one)).sort())
    for (const twice of doubtful) {
      const ids = server.received
        .filter(({ to }) => to.includes(twice))
        .map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1])
      expect(new Set(ids).size).toBe(1)
    }
  })

  it('leaves out what is in doubt, and says so', async () => {
    const { server, killed, ended, doubtful, arrived } = await killedInDoubt()
    const events: RunEvent[] = []
    const run = await resumeRun({
      installation,
      run: killed,
      accounts: [server.account],
      inDoubt: 'skip',
      onEvent: (event) => events.push(event)
    })
    await run.settled
    const left = people.filter((one) => !ended.includes(one) && !doubtful.includes(one))
    expect(recipients(server.received.slice(arrived)).sort()).toEqual(left.sort())
    expect(events.find(({ event }) => event === 'StepCompleted')).toMatchObject({
      outcome: 'Some Failed',
      outputs: { Sent: 40 - doubtful.length, Failed: expect.arrayContaining([]) as unknown }
    })
  })

  it('does in doubt what its step says, without being told', async () => {
    const { server, killed, ended, arrived } = await killedInDoubt({ 'In doubt': 'Send again' })
    const run = await resumeRun({ installation, run: killed, accounts: [server.account] })
    expect(await run.settled).toEqual({ state: 'completed' })
    const later = recipients(server.received.slice(arrived))
    expect(later.sort()).toEqual(people.filter((one) => !ended.includes(one)).sort())
  })

  it('can be cancelled without sending anything', async () => {
    const { server, killed, arrived } = await killedInDoubt()
    const run = await resumeRun({ installation, run: killed, cancel: true })
    expect(await run.settled).toMatchObject({ state: 'cancelled' })
    expect(server.received).toHaveLength(arrived)
    expect((await readJournal(killed)).events.at(-1)).toMatchObject({ event: 'RunSettled', state: 'cancelled' })
  })

  it('keeps the recording and the safety its flow had', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server, {}, { recording: 'summary', durability: 'strict' })
    await until(() => server.received.length >= 6)
    await run.suspend()
    const again = await resumeRun({ installation, run: run.processFolder.path, accounts: [server.account] })
    expect(await again.settled).toEqual({ state: 'completed' })
    expect(recipients(server.received).sort()).toEqual([...people].sort())
    const { events } = await readJournal(run.processFolder.path)
    expect(events[0]).toMatchObject({ event: 'RunStarted', recording: 'summary' })
    expect(
      events.filter(({ event }) => event === 'StepStarted').map((event) => 'step' in event && event.step)
    ).not.toContain('start')
  })
})

describe('a run is not resumed', () => {
  const refusal = async (run: string, account?: TestMailServer['account']) =>
    resumeRun({ installation, run, accounts: account ? [account] : [] }).then(
      () => 'resumed',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
    )

  it('while it is going on, nor once it is settled', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    const { path: home } = run.processFolder
    expect(await refusal(home, server.account)).toBe('run-running')
    await run.settled
    expect(await refusal(home, server.account)).toBe('journal-ended')
    expect(server.received).toHaveLength(40)
  })

  it('without the account it was started with', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    await run.suspend()
    const { path: home } = run.processFolder
    expect(await refusal(home)).toBe('mail-account-missing')
    expect(await stateIn(folder)).toEqual(['interrupted'])
  })

  it('from a copy, whatever that says of accounts and places, nor by another installation', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    await until(() => server.received.length >= 5)
    await run.suspend()
    const arrived = server.received.length
    const copy = path.join(await temporaryFolder(), 'copy')
    await cp(folder.root, copy, { recursive: true })
    const copied = path.join(copy, path.relative(folder.root, run.processFolder.path))
    const hostile = { mail: `smtp://127.0.0.1:${server.account.port}`, root: '../../../../../..' }
    await writeFile(path.join(copied, 'start.json'), JSON.stringify(hostile))
    const bytes = await readFile(path.join(copied, 'journal.jsonl'))
    expect(await refusal(copied, server.account)).toBe('run-foreign')
    expect(await readFile(path.join(copied, 'journal.jsonl'))).toEqual(bytes)

    installation = openInstallation(await temporaryFolder())
    expect(await refusal(run.processFolder.path, server.account)).toBe('run-foreign')
    expect(server.received).toHaveLength(arrived)
  })

  it('unless a person says with what: then it is known here', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    await run.suspend()
    installation = openInstallation(await temporaryFolder())
    const elsewhere = await testMailServer({ delay: 5 })
    const again = await resumeRun({
      installation,
      run: run.processFolder.path,
      start: { mail: `smtp://127.0.0.1:${elsewhere.account.port}`, root: folder.root }
    })
    expect(await installation.startOf(run.processFolder.path)).toMatchObject({ root: folder.root })
    expect(await again.settled).toEqual({ state: 'completed' })
    expect(recipients([...server.received, ...elsewhere.received]).sort()).toEqual([...people].sort())
    expect(elsewhere.received.length).toBeGreaterThan(0)
  })

  it('when its journal is damaged', async () => {
    const folder = await newFolder()
    const server = await testMailServer({ delay: 5 })
    const run = await start(folder, server)
    await run.suspend()
    const file = path.join(run.processFolder.path, 'journal.jsonl')
    const bytes = await readFile(file)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    await writeFile(file, bytes)
    expect(await refusal(run.processFolder.path, server.account)).toBe('journal-damaged')
    expect(await readFile(file)).toEqual(bytes)
  })
})
