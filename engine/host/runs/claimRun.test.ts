import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { claimRun, isRunning } from './claimRun.ts'
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
