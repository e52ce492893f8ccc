import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimRun, isRunning } from './claimRun.ts'
import { ownersOf } from '../testing/owners.ts'
import { systemProcesses } from './owner.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  return child.pid ?? 0
}

describe('a claim on a run', () => {
  it('is given to one, and to the next when it is let go', async () => {
    const folder = await temporaryFolder()
    expect(await isRunning(folder)).toBe(false)
    const claim = await claimRun(folder)
    expect(claim.epoch).toBe(1)
    expect(await isRunning(folder)).toBe(true)
    await expect(claimRun(folder)).rejects.toMatchObject({ code: 'run-running' })
    await claim.release()
    expect(await isRunning(folder)).toBe(false)
    expect(await readdir(folder)).toEqual(['.carried-1.json'])
    const next = await claimRun(folder)
    expect(next.epoch).toBe(2)
    expect(await readdir(folder)).toEqual(['running-2.json'])
    await next.release()
  })

  it('is taken over when its process has gone, whatever is left of it, with a higher epoch', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'running.json'), JSON.stringify({ pid: await endedProcess(), since: '1' }))
    expect(await isRunning(folder)).toBe(false)
    const second = await claimRun(folder)
    expect(second.epoch).toBe(2)
    expect(await readdir(folder)).toEqual(['running-2.json'])
    await writeFile(path.join(folder, 'running-2.json'), '{"pid":')
    expect((await claimRun(folder)).epoch).toBe(3)
  })

  it('is nobody’s, and nobody waits for it, when garbage stands in its place', async () => {
    const garbage = ['', 'null', '[]', '{"pid":"x"}', '{"pid":0}', '{"pid":-1}', '{"pid":1.5}', '{{']
    for (const text of garbage) {
      const folder = await temporaryFolder()
      await writeFile(path.join(folder, 'running.json'), text)
      expect(await isRunning(folder), text).toBe(false)
      expect((await claimRun(folder)).epoch, text).toBe(2)
    }
    const folder = await temporaryFolder()
    await mkdir(path.join(folder, 'running-7'))
    for (const name of ['running-0.json', 'running-1e3.json', 'running--1.json', `running-${'9'.repeat(16)}.json`])
      await writeFile(path.join(folder, name), JSON.stringify({ pid: process.pid }))
    await writeFile(path.join(folder, 'run.json'), JSON.stringify({ epoch: 1e308 }))
    expect((await claimRun(folder)).epoch).toBe(1)
  })

  it('comes after any number, and says which file is in the way when there is none after it', async () => {
    const folder = await temporaryFolder()
    const left = JSON.stringify({ pid: await endedProcess(), since: '1' })
    await writeFile(path.join(folder, 'running-999999999.json'), left)
    expect((await claimRun(folder)).epoch).toBe(1_000_000_000)
    await writeFile(path.join(folder, `running-${'9'.repeat(15)}.json`), left)
    await rm(path.join(folder, 'running-1000000000.json'))
    await expect(claimRun(folder)).rejects.toMatchObject({ code: 'claim-number' })
  })

  it('is believed where nobody can look: on another computer, or in a container', async () => {
    const here = await systemProcesses.self()
    for (const other of [{ host: 'elsewhere' }, { namespace: 'pid:[1]' }]) {
      const folder = await temporaryFolder()
      const owner = { ...here, pid: await endedProcess(), boot: here.boot || 'x', ...other }
      await writeFile(
        path.join(folder, 'running.json'),
        JSON.stringify({ ...owner, namespace: owner.namespace || 'x' })
      )
      if (here.namespace === '' && 'namespace' in other) continue
      expect(await isRunning(folder)).toBe(true)
      const refusal = expect.stringMatching(/another computer or in a container.*“running.json”/) as unknown
      await expect(claimRun(folder)).rejects.toMatchObject({ code: 'run-running', message: refusal })
    }
  })

  it.runIf(process.platform === 'linux')('ends when its computer has been started anew', async () => {
    const folder = await temporaryFolder()
    const owner = { ...(await systemProcesses.self()), boot: 'before' }
    await writeFile(path.join(folder, 'running.json'), JSON.stringify(owner))
    expect((await claimRun(folder)).epoch).toBe(2)
  })

  it('is held no more by whoever was taken over', async () => {
    const folder = await temporaryFolder()
    const gone = new Set<number>()
    const first = await claimRun(folder, { processes: ownersOf(1, gone) })
    await first.check()
    gone.add(1)
    const second = await claimRun(folder, { processes: ownersOf(2, gone) })
    await expect(first.check()).rejects.toMatchObject({ code: 'run-taken-over' })
    await first.release()
    await second.check()
  })

  it.runIf(process.platform === 'linux')('is not that of a later process with the same number', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'running.json'), JSON.stringify({ pid: process.pid, since: '1' }))
    expect(await isRunning(folder)).toBe(false)
    expect((await claimRun(folder)).epoch).toBe(2)
  })

  it('is got by exactly one of many who want it at once, time and again', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'running.json'), JSON.stringify({ pid: await endedProcess(), since: '1' }))
    for (let round = 1; round <= 20; round++) {
      const wanted = await Promise.allSettled(Array.from({ length: 12 }, () => claimRun(folder)))
      const got = wanted.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
      expect(got).toHaveLength(1)
      if (round % 2 === 0) await got[0]?.release()
      else await writeFile(path.join(folder, (await readdir(folder))[0] ?? ''), JSON.stringify({ pid: 2 ** 22 + 1 }))
    }
  })
})
