import { spawn, spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { claimRun, isRunning } from '../runs/claimRun.ts'
import { builtProgram } from './builtProgram.ts'
import { chanceOf } from './chanceOf.ts'
import { faultRounds, faultTime, tellFaults } from './faultRounds.ts'

const program = builtProgram('engine/host/testing/claimant.ts')

/** Whether processes can be put into a namespace of their own here. */
const namespaces = ['--pid', '--fork', '--mount-proc']
const apart = spawnSync('unshare', [...namespaces, 'true']).status === 0

describe.runIf(process.platform === 'linux')('processes that want to carry the same run', () => {
  it(
    'do so one after the other, with rising numbers, however many of them are killed',
    { timeout: faultTime },
    async () => {
      const folder = await temporaryFolder()
      const chance = chanceOf(5)
      const printed: string[] = []
      let kills = 0
      const live = async (times: number): Promise<void> => {
        const child = spawn(process.execPath, [program(), folder, String(times)])
        let mine = 0
        const killAt = chance() < 0.6 ? 1 + Math.floor(chance() * times) : Infinity
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          for (const line of text.split('\n').filter((one) => one !== '')) {
            printed.push(line)
            if (++mine === killAt) kills += child.kill('SIGKILL') ? 1 : 0
          }
        })
        await new Promise((resolve) => child.on('close', resolve))
      }
      const lives = faultRounds(2, 40)
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (let life = 0; life < lives; life++) await live(12)
        })
      )
      tellFaults('claims by four processes', { claims: printed.length, kills })
      expect(printed).not.toContain('two')
      expect(new Set(printed).size).toBe(printed.length)
      expect(kills).toBeGreaterThan(0)
      expect(await isRunning(folder)).toBe(false)
      expect((await claimRun(folder)).epoch).toBeGreaterThan(Math.max(...printed.map(Number)))
    }
  )

  it.runIf(apart)('are not taken for gone by those in another namespace', async () => {
    const folder = await temporaryFolder()
    const claim = await claimRun(folder)
    const claimed = await readFile(path.join(folder, 'running.json'), 'utf8')
    const elsewhere = [...namespaces, process.execPath, program(), folder, '1', '5']
    const { status, stdout } = spawnSync('unshare', elsewhere, { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
    expect(await readFile(path.join(folder, 'running.json'), 'utf8')).toBe(claimed)
    await claim.check()
    await claim.release()
    expect(await readdir(folder)).toEqual(['.carried-1.json'])
  })
})
