import { chmod, mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { claimRun } from '../runs/claimRun.ts'
import { systemProcesses } from '../runs/owner.ts'
import { control } from './controlClient.ts'
import { controlAddress } from './controlAddress.ts'
import { offerControl } from './controlServer.ts'

/** A run that this process carries and offers to others; what was wanted of it. */
async function offeredRun(more: { readonly durable?: () => Promise<void> } = {}) {
  const home = path.join(await temporaryFolder(), 'control')
  const folder = await temporaryFolder()
  const claim = await claimRun(folder)
  const wanted: unknown[] = []
  const withdraw = offerControl(home, folder, {
    handle: {
      cancel: (thread) => void wanted.push(['cancel', thread]),
      signal: (name, value) => void wanted.push(['signal', name, value]),
      settled: new Promise(() => undefined)
    },
    journal: { durable: more.durable ?? (() => Promise.resolve()) }
  })
  return { home, folder, claim, wanted, withdraw }
}

describe.skipIf(process.platform === 'win32')('control of a run', () => {
  it('reaches the process that carries it, through a folder of its person alone', async () => {
    const { home, folder, wanted } = await offeredRun()
    await control(home, folder, { command: 'cancel' })
    await control(home, folder, { command: 'cancel', thread: 2 })
    await control(home, folder, { command: 'signal', name: 'approved', value: { by: 'Ann' } })
    expect(wanted).toEqual([
      ['cancel', undefined],
      ['cancel', 2],
      ['signal', 'approved', { by: 'Ann' }]
    ])
    const address = controlAddress(home, await systemProcesses.self())
    expect((await stat(path.dirname(address))).mode & 0o777).toBe(0o700)
  })

  it('says so when what was wanted could not be kept', async () => {
    const { home, folder } = await offeredRun({ durable: () => Promise.reject(new Error('full')) })
    await expect(control(home, folder, { command: 'cancel' })).rejects.toMatchObject({ code: 'run-not-kept' })
  })

  it('tells a run that nobody carries, and one that is not carried here any more', async () => {
    const { home, folder, claim, withdraw, wanted } = await offeredRun()
    withdraw()
    const refused = control(home, folder, { command: 'cancel' })
    await claim.release()
    await expect(refused).rejects.toMatchObject({ code: 'run-not-carried' })
    expect(wanted).toEqual([])
  })

  it('takes no notice of what is no command', async () => {
    const { home, folder, wanted } = await offeredRun()
    await control(home, folder, { command: 'cancel' })
    const address = controlAddress(home, await systemProcesses.self())
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    const real = JSON.stringify(folder)
    const lines = [
      'hello',
      '{}',
      `{"id":1,"run":${real},"command":"format"}`,
      `{"id":1,"run":${real},"command":"cancel","thread":"1"}`,
      `{"id":1,"run":${real},"command":"signal","name":"a","value":${deep}}`,
      `{"id":1,"run":${real},"command":"signal","name":"a","value":1e400}`
    ]
    for (const line of lines) {
      const socket = connect(address)
      const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
      socket.write(`${line}\n`)
      expect(JSON.parse(await answer)).toMatchObject({ ok: false, code: 'not-understood' })
      socket.destroy()
    }
    expect(wanted).toEqual([['cancel', undefined]])
  })

  it('does without where others can get into the folder of the sockets', async () => {
    const home = path.join(await temporaryFolder(), 'control')
    await mkdir(home)
    await chmod(home, 0o777)
    const folder = await temporaryFolder()
    await claimRun(folder)
    offerControl(home, folder, {
      handle: { cancel: () => undefined, signal: () => undefined, settled: new Promise(() => undefined) },
      journal: { durable: () => Promise.resolve() }
    })
    await expect(control(home, folder, { command: 'cancel' })).rejects.toMatchObject({ code: 'run-not-reached' })
    expect(await readdir(home)).toEqual([])
  })

  it('removes the sockets of processes that are gone, and no others', async () => {
    const home = path.join(await temporaryFolder(), 'control')
    await mkdir(home, { mode: 0o700 })
    const old = new Date(Date.now() - 3_600_000)
    const listening = createServer()
    await new Promise<void>((resolve) => listening.listen(path.join(home, 'alive'), resolve))
    await writeFile(path.join(home, 'no-socket'), '')
    for (const name of ['alive', 'no-socket']) await utimes(path.join(home, name), old, old)
    const folder = await temporaryFolder()
    await claimRun(folder)
    offerControl(home, folder, {
      handle: { cancel: () => undefined, signal: () => undefined, settled: new Promise(() => undefined) },
      journal: { durable: () => Promise.resolve() }
    })
    await vi.waitFor(() => control(home, folder, { command: 'cancel' }), 60_000)
    expect((await readdir(home)).sort()).toEqual(expect.arrayContaining(['alive', 'no-socket']))
    listening.close()
  })
})
