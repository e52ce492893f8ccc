import { copyFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Clock, FlowDocument, Step } from '../../model/index.ts'
import type { RunEvent } from '../../run/index.ts'
import { type DesignerFolder, designerFolder } from '../folder/designerFolder.ts'
import { type Installation, openInstallation } from '../installation/installation.ts'
import { testMailServer } from '../mail/testMailServer.ts'
import { readJournal } from '../journal/readJournal.ts'
import { listRuns } from './runsList.ts'
import type { StartedRun } from './carryRun.ts'
import { FlowInvalid, type RunRequest, startRun } from './startRun.ts'
import { systemClock } from '../systemClock.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

const samples = path.join(import.meta.dirname, '../../../resources/samples')
const finished = 'Send EmailList Flow, finished.flow.json'

async function sampleFolder(): Promise<DesignerFolder> {
  const root = await temporaryFolder()
  await cp(samples, root, { recursive: true })
  return designerFolder(root, () => 'new')
}

/** The finished example without its rate limit: tests have no minutes. */
async function fast(folder: DesignerFolder, change: (step: Step) => Step = (step) => step): Promise<FlowDocument> {
  const { document } = await folder.read(finished)
  const steps = document.flow.steps.map((step) =>
    change(step.type === 'send-email' ? { ...step, settings: { ...step.settings, 'Rate limit': 0 } } : step)
  )
  return { ...document, flow: { ...document.flow, steps } }
}

let installation: Installation
beforeEach(async () => {
  installation = openInstallation(await temporaryFolder())
})

async function start(request: Omit<RunRequest, 'installation'>): Promise<{ run: StartedRun; events: RunEvent[] }> {
  const events: RunEvent[] = []
  const run = await startRun({ ...request, installation, onEvent: (event) => events.push(event) })
  return { run, events }
}

describe('a run on this computer', () => {
  it('replies long before its background part has sent 1,200 mails', { timeout: 60_000 }, async () => {
    const folder = await sampleFolder()
    const server = await testMailServer()
    const { run, events } = await start({
      folder,
      path: finished,
      document: await fast(folder),
      mail: 'Test',
      accounts: [server.account]
    })
    expect(await run.reply).toEqual({ kind: 'replied', outcome: 'End Step', outputs: { Subscribers: 1200 } })
    expect(server.received.length).toBeLessThan(60)
    expect(await run.settled).toEqual({ state: 'completed' })
    expect(new Set(server.received.map(({ to }) => to.join())).size).toBe(1200)
    expect(server.received).toHaveLength(1200)
    expect((await readdir(run.processFolder.documents)).sort()).toEqual(['.keys', 'subscribers.csv'])
    expect((await readJournal(run.processFolder.path)).events).toEqual(events)
  })

  it('has the start of the background thread on disk before it replies', async () => {
    const folder = await sampleFolder()
    const { run } = await start({ folder, path: finished, document: await fast(folder) })
    await run.reply
    const names = (await readJournal(run.processFolder.path)).events.map(({ event }) => event)
    expect(names.filter((name) => name === 'ThreadStarted')).toHaveLength(2)
    run.cancel()
    expect(await run.settled).toMatchObject({ state: 'cancelled' })
  })

  it('names the recipients that a server refused, and is no failure by that', { timeout: 60_000 }, async () => {
    const folder = await sampleFolder()
    const lines = (await readFile(path.join(folder.root, 'subscribers.csv'), 'utf8')).split('\n').slice(1, 101)
    await writeFile(path.join(folder.root, 'subscribers.csv'), `Email,First Name,Joined On\n${lines.join('\n')}\n`)
    const bad = lines.slice(0, 10).map((line) => line.split(',')[0] ?? '')
    const server = await testMailServer({ refuse: new Map(bad.map((address) => [address, 'No such user'])) })
    const { run, events } = await start({
      folder,
      path: finished,
      document: await fast(folder),
      mail: `smtp://127.0.0.1:${server.account.port}`
    })
    expect(await run.settled).toEqual({ state: 'completed' })
    const sent = events.find((event) => event.event === 'StepCompleted' && event.step === 'send-email-1')
    expect(sent).toMatchObject({ outcome: 'Some Failed', outputs: { Sent: 90, Total: 100 } })
    const failed = sent?.event === 'StepCompleted' ? (sent.outputs.Failed as { address: string; reason: string }[]) : []
    expect(failed.map(({ address }) => address).sort()).toEqual([...bad].sort())
    expect(failed[0]?.reason).toBe('550 No such user')
  })

  it('keeps its reply when there is no mail server at all', async () => {
    const folder = await sampleFolder()
    const server = await testMailServer()
    await server.close()
    const { run } = await start({
      folder,
      path: finished,
      document: await fast(folder),
      mail: 'Test',
      accounts: [server.account]
    })
    expect(await run.reply).toMatchObject({ kind: 'replied', outcome: 'End Step' })
    expect(await run.settled).toMatchObject({
      state: 'background failed',
      error: { code: 'mail-server-unreachable', step: 'send-email-1' }
    })
  })

  it('fails with a sentence when the document is missing', async () => {
    const folder = await sampleFolder()
    const document = await fast(folder, (step) =>
      step.type === 'email-address-list'
        ? { ...step, inputs: { Document: { kind: 'constant', value: 'none.csv' } } }
        : step
    )
    const { run } = await start({ folder, path: finished, document })
    expect(await run.reply).toMatchObject({ kind: 'failed', error: { code: 'document-missing' } })
    expect(await run.settled).toMatchObject({ state: 'failed' })
  })

  it('checks the orders of the sample: a loop, a variable, two paths at once, a signal and a script', async () => {
    const folder = await sampleFolder()
    const sleep: Clock['sleep'] = (milliseconds, signal) =>
      systemClock.sleep(milliseconds === 2000 ? 1 : milliseconds, signal)
    const { run } = await start({ folder, path: 'Order Checks.flow.json', clock: { ...systemClock, sleep } })
    expect(await run.reply).toEqual({
      kind: 'replied',
      outcome: 'Checked',
      outputs: { 'Large Orders': [1042, 1044], Total: 2234.5 }
    })
    expect(await run.settled).toEqual({ state: 'completed' })
  })

  it(
    'lets a parent finish first while the child handles its error in the background',
    { timeout: 20_000 },
    async () => {
      const folder = await sampleFolder()
      const { run, events } = await start({ folder, path: 'Non-critical error.flow.json' })
      expect(await run.reply).toEqual({ kind: 'replied', outcome: 'End Step', outputs: { Confirmed: '1042' } })
      expect(await run.settled).toEqual({ state: 'completed' })
      const place = (name: string, step?: string) =>
        events.findIndex(
          (event) => event.event === name && (step === undefined || ('step' in event && event.step === step))
        )
      expect(place('Replied')).toBeLessThan(place('StepCompleted', 'send-email-2'))
      expect((await readdir(run.processFolder.documents)).sort()).toEqual(['.keys', 'Receipt 1042.txt'])
      expect((await readdir(run.processFolder.outbox)).filter((name) => name.endsWith('.eml'))).toHaveLength(3)
    }
  )
})

describe('an installation that starts a run', () => {
  it('knows with what from the first moment on, and forgets it when nothing is left to resume', async () => {
    const folder = await sampleFolder()
    const server = await testMailServer()
    const mail = `smtp://127.0.0.1:${server.account.port}`
    const { run } = await start({ folder, path: finished, document: await fast(folder), mail })
    expect(await installation.startOf(run.processFolder.path)).toEqual({ mail, root: folder.root })
    run.cancel()
    await run.settled
    expect(await installation.startOf(run.processFolder.path)).toBeUndefined()
  })

  it('still knows a run that failed, whose folder is told nothing of accounts and places', async () => {
    const folder = await sampleFolder()
    const { run } = await start({ folder, path: finished, document: await fast(folder), mail: 'smtp://127.0.0.1:1' })
    expect(await run.settled).toMatchObject({ state: 'background failed' })
    expect(await installation.startOf(run.processFolder.path)).toEqual({
      mail: 'smtp://127.0.0.1:1',
      root: folder.root
    })
    expect((await readdir(run.processFolder.path)).sort()).toEqual([
      '.carried-1.json',
      'blobs',
      'documents',
      'journal.jsonl',
      'outbox',
      'run.json'
    ])
  })
})

describe('a run that cannot begin', () => {
  it('is refused with all errors of the flow, and leaves nothing behind', async () => {
    const folder = await sampleFolder()
    const { document } = await folder.read('Send EmailList Flow.flow.json')
    const refused = await start({ folder, path: 'Send EmailList Flow.flow.json', document }).catch(
      (error: unknown) => error
    )
    expect(refused).toBeInstanceOf(FlowInvalid)
    expect(refused).toMatchObject({ code: 'flow-invalid', message: expect.stringContaining('Send EmailList Flow') })
    expect(await readdir(folder.root)).not.toContain('Process Folder')
  })

  it('is refused for a broken sub-flow', async () => {
    const folder = await sampleFolder()
    await writeFile(path.join(folder.root, 'Send Receipt.flow.json'), '{')
    await expect(start({ folder, path: 'Non-critical error.flow.json' })).rejects.toMatchObject({
      code: 'flow-broken',
      message: expect.stringContaining('Send Receipt.flow.json')
    })
  })

  it('is refused for inputs and accounts that there are not', async () => {
    const folder = await sampleFolder()
    await expect(start({ folder, path: 'Non-critical error.flow.json', inputs: { Ordre: '7' } })).rejects.toMatchObject(
      { code: 'flow-inputs', message: expect.stringContaining('“Ordre”') }
    )
    await expect(start({ folder, path: finished, mail: 'Post' })).rejects.toMatchObject({
      code: 'mail-account-missing'
    })
  })
})

describe('listRuns', () => {
  it('tells runs that are going on, settled, interrupted and damaged apart, newest first', async () => {
    const folder = await sampleFolder()
    const base = path.join(folder.root, 'Process Folder')
    expect(await listRuns(base)).toEqual([])
    const { run } = await start({ folder, path: finished })
    await run.reply
    expect(await listRuns(base)).toMatchObject([
      { id: run.id, number: 1, state: 'running', summary: { flow: finished } }
    ])
    const old = path.join(path.dirname(run.processFolder.path), '2020-01-01-000000-dead')
    await mkdir(old)
    await copyFile(path.join(run.processFolder.path, 'journal.jsonl'), path.join(old, 'journal.jsonl'))
    await cp(path.join(run.processFolder.path, 'blobs'), path.join(old, 'blobs'), { recursive: true })
    run.cancel()
    await run.settled

    await writeFile(path.join(old, 'running.json'), JSON.stringify({ pid: 2 ** 22 + 1, since: '1' }))
    expect((await listRuns(base)).map(({ id, state }) => [id, state])).toEqual([
      [run.id, 'cancelled'],
      ['2020-01-01-000000-dead', 'interrupted']
    ])

    const journal = path.join(old, 'journal.jsonl')
    const bytes = await readFile(journal)
    const second = bytes.indexOf(10) + 20
    bytes[second] = (bytes[second] ?? 0) ^ 1
    await writeFile(journal, bytes)
    expect((await listRuns(base))[1]).toMatchObject({ state: 'damaged', problem: expect.stringContaining('line 2') })
  })
})
