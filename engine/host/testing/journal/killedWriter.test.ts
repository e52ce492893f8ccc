import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { claimRun, isRunning } from '../../runs/claimRun.ts'
import { temporaryFolder } from '../../files/temporaryFolder.ts'
import { builtProgram } from '../builtProgram.ts'
import { chanceOf } from '../chanceOf.ts'
import { faultRounds, faultTime, tellFaults } from '../faultRounds.ts'
import { journalEvents } from '../journalEvents.ts'
import { readJournal } from '../../journal/readJournal.ts'

const program = builtProgram('engine/host/testing/journalWriter.ts')

/** Lets a process write the journal and kills it after a while. Answers the last event that it had acknowledged. */
function killedAfter(milliseconds: number, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program(), folder])
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), milliseconds)
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1)))
      else reject(new Error(`It was not killed: ${err}`))
    })
  })
}

describe('a process that is killed while it writes a journal', () => {
  it('has lost nothing that it acknowledged, and the next one goes on', { timeout: faultTime }, async () => {
    const all = journalEvents(10_000, 300)
    const chance = chanceOf(9)
    let [kills, events] = [0, 0]
    for (let round = faultRounds(1, 50); round > 0; round--) {
      const folder = await temporaryFolder()
      let before = 0
      for (let life = 1; life <= 20; life++) {
        const acked = await killedAfter(60 * chance(), folder)
        kills++
        expect(acked).toBeGreaterThan(before)
        expect(await isRunning(folder)).toBe(false)
        const content = await readJournal(folder)
        expect(content.damagedAt).toBeUndefined()
        expect(content.events.length).toBeGreaterThanOrEqual(acked)
        expect(JSON.stringify(content.events)).toBe(JSON.stringify(all.slice(0, content.events.length)))
        before = content.events.length
      }
      events += before
      expect((await claimRun(folder)).epoch).toBe(21)
    }
    tellFaults('writers of a journal that were killed', { kills, events, lost: 0 })
  })
})
